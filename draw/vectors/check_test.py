#!/usr/bin/env python3
# -*- coding: utf-8 -*-
"""Known answers and self-made bundles for check.py and verify.sh.  Run: python3 draw/vectors/check_test.py

With --export FOLDER the bundles of the tests are written there, with index.json: what is expected of each. Nothing is
verified then."""
import base64
import collections
import functools
import hashlib
import json
import os
import random
import shutil
import struct
import subprocess
import sys
import tempfile
import unittest
import zipfile

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, HERE)
sys.dont_write_bytecode = True
import check as K  # noqa: E402

K.ed25519_verify = functools.lru_cache(None)(K.ed25519_verify)      # pure, and asked the same again and again


def vector(name):
    """A file of known answers, as bytes."""
    with open(os.path.join(HERE, name), 'rb') as f:
        return f.read()


# --------------------------------------------------------------------------- signing, only for tests

class Ed(object):
    alg = 'ed25519'
    made = {}

    def __new__(cls, name):
        return cls.made.setdefault(name, object.__new__(cls))

    def __init__(self, name):
        if hasattr(self, 'a'):
            return
        self.signed = {}
        d = hashlib.sha512(hashlib.sha256(name.encode()).digest()).digest()
        self.a = (int.from_bytes(d[:32], 'little') & (2 ** 254 - 8)) | 2 ** 254
        self.prefix = d[32:]
        self.raw = self.encode(K._ed_mul(self.a, K.ED_B))
        self.key = self.raw.hex()

    @staticmethod
    def encode(pt):
        z = pow(pt[2], -1, K.ED_P)
        x, y = pt[0] * z % K.ED_P, pt[1] * z % K.ED_P
        return (y | (x & 1) << 255).to_bytes(32, 'little')

    def sign(self, msg):
        if msg not in self.signed:
            self.signed[msg] = self._sign(msg)
        return self.signed[msg]

    def _sign(self, msg):
        r = int.from_bytes(hashlib.sha512(self.prefix + msg).digest(), 'little') % K.ED_L
        big = self.encode(K._ed_mul(r, K.ED_B))
        k = int.from_bytes(hashlib.sha512(big + self.raw + msg).digest(), 'little') % K.ED_L
        return big + ((r + k * self.a) % K.ED_L).to_bytes(32, 'little')


class Sm2(object):
    alg = 'sm2'

    def __init__(self, name):
        self.d = int.from_bytes(hashlib.sha256(name.encode()).digest(), 'big') % (K.SM2_N - 2) + 1
        self.raw = b'\x04' + b''.join(c.to_bytes(32, 'big') for c in self.affine(self.d))
        self.key = self.raw.hex()

    @staticmethod
    def affine(k):
        x, y, z = K._sm2_mul(k, K.SM2_G + (1,))
        i = pow(z, -1, K.SM2_P)
        return x * i * i % K.SM2_P, y * i * i * i % K.SM2_P

    def sign(self, msg):
        user = b'1234567812345678'
        z = K.sm3(struct.pack('>H', 128) + user + b''.join(
            v.to_bytes(32, 'big') for v in (K.SM2_A, K.SM2_B) + K.SM2_G) + self.raw[1:]).digest()
        e = int.from_bytes(K.sm3(z + msg).digest(), 'big')
        k = int.from_bytes(K.sm3(self.raw + msg).digest(), 'big') % K.SM2_N
        r = (e + self.affine(k)[0]) % K.SM2_N
        s = pow(1 + self.d, -1, K.SM2_N) * (k - r * self.d) % K.SM2_N
        return r.to_bytes(32, 'big') + s.to_bytes(32, 'big')


# --------------------------------------------------------------------------- a small log, only for tests

def _split(n):
    k = 1
    while k * 2 < n:
        k *= 2
    return k


def _root(leaves):
    """The recursive definition of RFC 6962 (check.py works level by level)."""
    if not leaves:
        return hashlib.sha256(b'').digest()
    if len(leaves) == 1:
        return leaves[0]
    k = _split(len(leaves))
    return hashlib.sha256(b'\x01' + _root(leaves[:k]) + _root(leaves[k:])).digest()


def _path(m, leaves):
    if len(leaves) == 1:
        return []
    k = _split(len(leaves))
    if m < k:
        return _path(m, leaves[:k]) + [_root(leaves[k:])]
    return _path(m - k, leaves[k:]) + [_root(leaves[:k])]


def _consistency(m, leaves, whole=True):
    n = len(leaves)
    if m == n:
        return [] if whole else [_root(leaves)]
    k = _split(n)
    if m <= k:
        return _consistency(m, leaves[:k], whole) + [_root(leaves[k:])]
    return _consistency(m - k, leaves[k:], False) + [_root(leaves[:k])]


class Log(object):
    origin = 'log.example/vdp'

    def __init__(self):
        self.key = Ed('log')
        self.texts = []
        for i in range(5):                              # what others logged before
            self.texts.append('other %d' % i)

    def add(self, **leaf):
        self.texts.append(K.jcs(dict(leaf, v='vdp1')).decode())
        return len(self.texts) - 1

    def hashes(self, size=None):
        return [hashlib.sha256(b'\0' + t.encode()).digest() for t in self.texts[:size]]

    def checkpoint(self, witnesses=(), time=0):
        body = '%s\n%d\n%s\n' % (self.origin, len(self.texts), base64.b64encode(_root(self.hashes())).decode())
        text = body + '\n' + self.line(self.origin, self.key, b'\x01', self.key.sign(body.encode()))
        for name, key in witnesses:
            sig = struct.pack('>Q', time) + key.sign(b'cosignature/v1\ntime %d\n' % time + body.encode())
            text += self.line(name, key, b'\x04', sig)
        return text

    @classmethod
    def cosigned(cls, text, time):
        """A checkpoint with the witnesses' cosignatures of another time."""
        body, _, tail = text.partition('\n\n')
        body += '\n'
        text = body + '\n' + tail.split('\n')[0] + '\n'
        for name, key in WITNESSES:
            sig = struct.pack('>Q', time) + key.sign(b'cosignature/v1\ntime %d\n' % time + body.encode())
            text += cls.line(name, key, b'\x04', sig)
        return text

    @staticmethod
    def line(name, key, kind, sig):
        kid = hashlib.sha256(name.encode() + b'\n' + kind + key.raw).digest()[:4]
        return '\u2014 %s %s\n' % (name, base64.b64encode(kid + sig).decode())

    def proof(self, i, size):
        return {'index': i, 'path': [p.hex() for p in _path(i, self.hashes(size))]}


# --------------------------------------------------------------------------- a generator of small bundles

KEY = ('83cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d1064510'
       'd1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a')
SIG1000 = 'b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125e342b73a8dd2bacbe47e4b6b63ed5e39'
SIG1003 = 'b104c82771698f45fd8dcfead083d482694c31ab519bcef077f126f3736fe98c8392fd5d45d88aeb76b56ccfcb0296d7'
CLOSE_BY = K.DRAND_GENESIS + 2997 - 60                  # its beacon is round 1000
WITNESSES = [('w%d.example/cosig' % i, Ed('witness %d' % i)) for i in range(3)]
POLICY = {'v': 'vdp1', 'log': {'origin': Log.origin, 'key': Ed('log').key}, 'quorum': 3, 'faults': 1,
          'witnesses': [{'name': n, 'key': k.key} for n, k in WITNESSES]}


class Maker(object):
    """Makes a bundle as the specification says. change: functions that spoil something on the way."""

    def __init__(self, alg='sha256', kind='ratio', mode='teams', sealed=False, sources=('dice', 'drand'), level='L2',
                 size=40, seq=1, events=(), sm2=False, demands_list=False, seed=1, conflicts=True, state='drawn',
                 opened=True, max_conflicts=(1, 4), cap=50, close_cosigned=CLOSE_BY - 10, outsider=None, leaves=(),
                 early=(), late_prev=False, fresh_cosigned=None, software=True, change=None):
        self.__dict__.update(locals())
        self.h = K.HASHES[alg]
        self.rnd = random.Random(seed)
        self.change = change or {}
        self.files = {}
        self.log = Log()
        self.keys = {'d01': Sm2('d01') if sm2 else Ed('d01'), 'd02': Ed('d02'), 'p1': Ed('p1'), 'p2': outsider or Ed('p2')}
        self.signatures = []
        self.make()

    def tag(self, t, s):
        return K.tag(self.h, t, s)

    def hash(self, data):
        return self.h(data).hexdigest()

    def spoil(self, name, value):
        """Lets a test change a manifest before it is hashed."""
        if name in self.change:
            value = self.change[name](value) or value
        return value

    def put(self, name, value):
        self.files[name] = K.jcs(self.spoil(name, value))
        return self.files[name]

    def sign(self, of, digest, by, key=None):
        k = key or self.keys[by]
        self.signatures.append({'of': of, 'hash': digest, 'by': by, 'alg': k.alg, 'key': k.key,
                                'value': k.sign(digest.encode()).hex()})

    def tsv(self, rows):
        return b''.join(b'\t'.join(x if isinstance(x, bytes) else str(x).encode() for x in r) + b'\n' for r in sorted(rows))

    def root(self, name, data):
        lines = data.split(b'\n')[:-1]
        secret = self.people if name in K.PEOPLE_LISTS else self.s1 + self.s2 if self.sealed else None
        if secret is None:
            return _root_of(self.h, [self.h(b'\0' + x).digest() for x in lines]).hex()
        key = self.tag('key', secret + '\nsalt/' + name).encode()
        leaves = sorted(self.h(b'\0' + self.h(key + x.split(b'\t')[0]).digest() + x).digest() for x in lines)
        return _root_of(self.h, leaves).hex()

    def leaf(self, t, digest, **more):
        self.clock += 1
        draw = 'plan-1' if t == 'plan' else 'draw-1'
        leaf = self.spoil('leaf ' + t, dict(type=t, draw=draw, hash=digest, at=self.clock, **more))
        i = self.log.add(**leaf)
        self.needed.append(i)
        return i

    def make(self):
        rnd, h = self.rnd, self.h
        self.clock = CLOSE_BY - 900
        self.needed = []
        self.people = hashlib.sha256(b'people').hexdigest()
        self.s1, self.s2 = (hashlib.sha256(x).hexdigest() for x in (b's1', b's2'))
        strata = ['fire/A', 'food/B', 'food/C']
        mode, kind = self.mode, self.kind
        if kind == 'ratio':
            design = {'kind': kind, 'ratios': [{'stratum': s, 'num': 1, 'den': 4, 'min': 1} for s in strata]}
        elif kind == 'total':
            design = {'kind': kind, 'n': 11, 'mins': [{'stratum': s, 'min': 2} for s in strata]}
        elif kind == 'pps':
            design = {'kind': kind, 'n': 12}
        else:
            design = {'kind': kind, 'batches': 3}
        plan = self.put('plan.json', {'v': 'vdp1', 'plan_ref': 'plan-1', 'authority': 'd01', 'draws': 3, 'strata': strata,
                                      'filter': '1' * 64, 'design': design})
        # lists
        ids = ['91330000MA%07dX' % (i * 7) for i in range(self.size)]
        strat = {x: strata[i % 5 % 3] for i, x in enumerate(ids)}
        weight = {x: [1, 1, 2, 5, 40][i % 5] for i, x in enumerate(ids)}
        lists = {'population.tsv': self.tsv((x, strat[x], weight[x]) for x in ids),
                 'exclusions.tsv': self.tsv(('9133EXCL%03d' % i, 'closed', '%064x' % i) for i in range(3)),
                 'rejected.tsv': self.tsv([('%010d' % 17, 'no_code', '%064x' % 17)])}
        demands, pools, matching = [], [], {'mode': 'none'}
        if mode != 'none':
            inspectors, attributes, against = [], [], {}
            for d, n in (('d01', 14), ('d02', 12)):
                for i in range(n):
                    salt = '%032x' % rnd.getrandbits(128)
                    a = self.tag('alias', salt + '\n%s-%d\ndraw-1' % (d, i))[:48]
                    inspectors.append((a, d))
                    attributes.append((a, ','.join(['base'] + [c for c, k in (('fire', 3), ('food', 2)) if i % 7 < 6 or i % k])))
                    if self.conflicts and i % 4 == 0:
                        against[a] = sorted(rnd.sample(ids, 2))
                    if self.conflicts == 'many':
                        against[a] = sorted(rnd.sample(ids, self.size * 3 // (5 if mode == 'subjects' else 9)))
            lists['inspectors.tsv'] = self.tsv(inspectors)
            lists['attributes.tsv'] = self.tsv(attributes)
            lists['conflicts.tsv'] = self.tsv((a, ','.join(x)) for a, x in against.items())
            demands = [{'code': 'fire', 'strata': strata[:1], 'authorities': [
                           {'authority': 'd01', 'members': 1, 'classes': ['fire']},
                           {'authority': 'd02', 'members': 1, 'classes': []}]},
                       {'code': 'food', 'strata': strata[1:], 'authorities': [
                           {'authority': 'd01', 'members': 2 if mode == 'subjects' else 1, 'classes': []},
                           {'authority': 'd02', 'members': 1, 'classes': ['food']}]}]
            code = {x: 'fire' if strat[x] == strata[0] else 'food' for x in ids}
            if self.demands_list:
                for d in demands:
                    del d['strata']
                lists['demands.tsv'] = self.tsv(code.items())
            pools = [{'authority': 'd01', 'rows': 14, 'draw': 10}, {'authority': 'd02', 'rows': 12, 'draw': 9}]
            matching = {'mode': mode, 'cap': self.cap, 'mix': 20, 'tau': {'num': 1, 'den': 4}, 'min_members': 2,
                        'min_per_authority': 1,
                        'max_conflicts': {'num': self.max_conflicts[0], 'den': self.max_conflicts[1]}}
            if mode == 'teams':
                matching['teams'] = {'count': 4, 'members': [
                    {'authority': 'd01', 'members': 2, 'classes': ['base']}, {'authority': 'd02', 'members': 1, 'classes': ['base']}]}
            # the preflight, written out plainly
            short = {}
            has = {a: set(c.split(',')) for a, c in attributes}
            for x in ids:
                for d in demands:
                    if d['code'] != code[x]:
                        continue
                    for p in d['authorities']:
                        pool = [a for a, b in inspectors if b == p['authority']]
                        free = [a for a in pool if x not in against.get(a, ())]
                        if mode == 'subjects':
                            ok = len([a for a in free if set(p['classes']) <= has[a]]) >= 2 * p['members'] + 1
                        else:
                            ok = len(free) >= 2 * p['members'] + 1 and all(
                                len([a for a in free if c in has[a]]) >= 3 for c in p['classes'])
                        if not ok:
                            short.setdefault(x, []).append(p['authority'])
            lists['short.tsv'] = self.tsv((x, ','.join(d)) for x, d in short.items())
        for n in list(lists):
            lists[n] = self.spoil(n, lists[n])
        rows = collections.Counter(strat.values())
        if kind == 'ratio':
            n_of = {s: max(1, -(-rows[s] // 4)) for s in strata}
        elif kind == 'total':
            n_of = K.quota_total(rows, 11, {s: 2 for s in strata})
        src = [{'id': 'close', 'kind': 'close'}]
        if self.sealed:
            src += [{'id': 'srv1', 'kind': 'server', 'holder': 'd01', 'secret': self.tag('secret', self.s1)},
                    {'id': 'srv2', 'kind': 'server', 'holder': 'd02', 'secret': self.tag('secret', self.s2)}]
        for s in self.sources:
            src.append({'dice': {'id': 'dice', 'kind': 'dice', 'faces': 10, 'count': 25, 'not_before': CLOSE_BY + 1000,
                                 'roller': 'p3', 'note': 'throw again what falls off the table'},
                        'lottery': {'id': 'lot', 'kind': 'lottery', 'game': 'ssq', 'issue': '2026001', 'groups': [
                            {'count': 6, 'low': 1, 'high': 33, 'ordered': False, 'repeat': False},
                            {'count': 1, 'low': 1, 'high': 16, 'ordered': True, 'repeat': False}],
                            'not_before': CLOSE_BY + 500},
                        'drand': {'id': 'beacon', 'kind': 'drand', 'round': 1000}}[s])
        unsalted = lambda n: not self.sealed and n not in K.PEOPLE_LISTS
        entries = []
        for n in sorted(lists):
            e = {'name': n, 'rows': lists[n].count(b'\n'), 'root': self.root(n, lists[n])}
            if unsalted(n):
                e['hash'] = self.hash(lists[n])
            entries.append(e)
        register = self.tsv([(x,) for x in ids] + [('9133EXCL%03d' % i,) for i in range(3)])
        check = b'print("the software of the bundle")\n'
        if self.software:
            self.files['check.py'] = check
        prev = '0' * 64
        if self.seq > 1:
            prev = '7' * 64
            self.prev_leaf = self.spoil('leaf prev', dict(
                type='commit', draw='draw-0', hash=prev, at=self.clock, authority='d01', seq=self.seq - 1, prev='6' * 64,
                plan_ref='plan-1', draw_no=2))
            if not self.late_prev:
                self.needed.append(self.log.add(**self.prev_leaf))
        commit = {
            'v': 'vdp1', 'alg': self.alg, 'draw_id': 'draw-1', 'authority': 'd01', 'oversight': 'd02',
            'plan': {'ref': 'plan-1', 'hash': self.hash(plan), 'draw_no': 1}, 'seq': self.seq, 'prev': prev,
            'at': CLOSE_BY - 800, 'close_by': CLOSE_BY, 'certify_by': CLOSE_BY + 9000, 'sealed': self.sealed, 'design': design,
            'strata': [dict({'code': s, 'rows': rows[s]}, **({'n': n_of[s]} if kind in ('ratio', 'total') else {})) for s in strata],
            'max_skips': 2, 'lists': entries, 'register': {'rows': len(ids) + 3, 'root': self.root('register', register)},
            'demands': demands, 'pools': pools, 'matching': matching, 'sources': src,
            'signers': [{'by': b, 'role': r, 'alg': self.keys[b].alg, 'key': self.keys[b].key}
                        for b, r in (('d01', 'authority'), ('d02', 'oversight'))],
            'software': {'name': 'vdp', 'version': '1.0', 'files': [
                {'name': 'check.py', 'hash': hashlib.sha256(check).hexdigest()}] if self.software else []}}
        if mode != 'none':
            commit['people'] = self.tag('secret', self.people)
        if self.sealed:
            commit['open_at'] = CLOSE_BY + 100
        commit = json.loads(self.put('commit.json', commit))
        for x in self.early:
            self.needed.append(self.log.add(**dict({'at': self.clock, 'hash': '8' * 64}, **x)))
        ch = self.tag('commit', self.files['commit.json'])
        self.commit_hash = ch
        lp = self.leaf('plan', self.hash(plan))
        self.clock = CLOSE_BY - 800
        lc = self.leaf('commit', ch, authority='d01', seq=self.seq, prev=prev, plan_ref='plan-1', draw_no=1)
        self.sign('commit', ch, 'd01')
        self.sign('commit', ch, 'd02')
        for n in lists:
            if (not self.sealed or self.opened) and (self.level == 'L2' or n not in K.PEOPLE_LISTS):
                self.files[n] = lists[n]
        if self.level == 'L2' and mode != 'none':
            self.put('people.json', {'v': 'vdp1', 'secret': self.people})
        if self.state == 'committed':
            return self.finish(ch, None)
        # close
        observers = [{'id': 'o001', 'value': '20260101'},
                     {'id': 'o002', 'value': self.hash('愿公平'.encode()), 'note': '愿公平'}, {'id': 'o003', 'value': '7'}]
        close = {'v': 'vdp1', 'commit': ch, 'at': CLOSE_BY - 300, 'observers': observers, 'preflight': 'pass',
                 'files': [{'name': e['name'], 'hash': e.get('hash', e['root'])} for e in entries]}
        if self.sealed:
            close['escrow'] = [{'id': 'srv1', 'holder': 'd02', 'at': CLOSE_BY - 400}, {'id': 'srv2', 'holder': 'd01', 'at': CLOSE_BY - 400}]
        close = json.loads(self.put('close.json', close))
        kh = self.tag('close', self.files['close.json'])
        self.sign('close', kh, 'd02')
        self.sign('contrib', self.tag('contrib', K.jcs({'v': 'vdp1', 'commit': ch, 'id': 'o001', 'value': '20260101'})), 'o001', Ed('o1'))
        self.clock = CLOSE_BY - 300
        lk = self.leaf('close', kh)
        if self.state == 'closed':
            return self.finish(ch, None)
        size1 = len(self.log.texts)
        checkpoint1 = self.spoil('checkpoint1', self.log.checkpoint(WITNESSES, self.close_cosigned))
        # values
        values, self.clock = [], CLOSE_BY + 1200
        for s in src:
            v = {'id': s['id']}
            if s['kind'] == 'close':
                v['value'] = kh
            elif s['kind'] == 'server':
                continue
            elif s['kind'] == 'drand':
                v.update(value=hashlib.sha256(bytes.fromhex(SIG1000)).hexdigest(), round=1000, signature=SIG1000)
            else:
                v['value'] = '3141592653589793238462643' if s['kind'] == 'dice' else '1.5.9.22.30.33./7./'
                v.update(at=CLOSE_BY + 1200, by=['p1', 'p2'])
            v = self.spoil('value ' + s['kind'], v)
            if 'by' in v:
                rec = self.tag('contrib', K.jcs({'v': 'vdp1', 'commit': ch, 'id': v['id'], 'value': v['value'], 'at': v['at'], 'by': v['by']}))
                for p in sorted({'p1', 'p2'} | set(v['by']) & set(self.keys)):
                    self.sign('contrib', rec, p)
                self.leaf('record', rec)
            values.append(v)
        everything = [{'id': v['id'], 'value': v['value']} for v in values]
        if self.sealed:
            everything[1:1] = [{'id': 'srv1', 'value': self.s1}, {'id': 'srv2', 'value': self.s2}]
        S = self.S = self.tag('seed', K.jcs({'commit': ch, 'values': everything}))
        # result: the draw, plainly
        ticket = lambda stage, x: self.hash((self.tag('key', S + '\n' + stage) + x).encode())
        t = {x: ticket('objects', x) for x in ids}
        shown = not self.sealed
        cs, classes, result = [], None, {}
        if kind == 'coverage':
            order = sorted(ids, key=lambda x: (ticket('batch', x), x))
            result['batches.tsv'] = self.tsv((x, order.index(x) * 3 // len(ids)) for x in ids)
            drawn = list(ids)
            cs = [{'code': s, 'rows': rows[s], 'n': rows[s], 'pi': {'num': '1', 'den': '1'}} for s in strata]
            least = {'num': '1', 'den': '1'}
        else:
            def band(e, group, n, num, den):
                group = sorted(group, key=lambda x: (t[x], x))
                e.update(rows=len(group), n=n, pi={'num': str(num), 'den': str(den)})
                if shown and n:
                    e['cut'] = t[group[n - 1]]
                if shown and n < len(group):
                    e['next'] = t[group[n]]
                return e, group[:n]
            drawn = []
            if kind == 'pps':
                rows_c = collections.Counter(weight.values())
                plan_c = K.pps_classes(h, S, rows_c, 12)
                classes = []
                for w in sorted(rows_c):
                    e, got = band({'weight': w}, [x for x in ids if weight[x] == w], *plan_c[w])
                    classes.append(e)
                    drawn += got
                cs = [{'code': s, 'rows': rows[s], 'n': sum(1 for x in drawn if strat[x] == s)} for s in strata]
                least = classes[0]['pi']
            else:
                for s in strata:
                    e, got = band({'code': s}, [x for x in ids if strat[x] == s], n_of[s], n_of[s], rows[s])
                    cs.append(e)
                    drawn += got
                least = min((e['pi'] for e in cs), key=lambda p: int(p['num']) / int(p['den']))
            result['selection.tsv'] = b''.join(
                ('%s\t%s\t%s\n' % (x, strat[x], t[x])).encode() for x in sorted(drawn, key=lambda x: (strat[x], t[x], x)))
        self.drawn = sorted(drawn)
        insp = []
        team, reports, pair = {}, [], None
        if mode != 'none':
            pool = {d: [a for a, b in inspectors if b == d] for d in ('d01', 'd02')}
            chosen = {}
            for p in pools:
                d = p['authority']
                o = sorted(pool[d], key=lambda a: (ticket('inspectors/' + d, a), a))
                chosen[d] = o[:p['draw']]
                e = {'authority': d, 'rows': p['rows'], 'n': p['draw']}
                if shown:
                    e.update(cut=ticket('inspectors/' + d, o[p['draw'] - 1]), next=ticket('inspectors/' + d, o[p['draw']]))
                insp.append(e)
            B = lambda xs: [x.encode() for x in xs]
            enemies = lambda x: {a.encode() for a, y in against.items() if x in y}
            run_more = (self.cap, (1, 4), 20)
            left = collections.defaultdict(list)
            if mode == 'teams':
                team = {b't%04d' % k: [] for k in range(1, 5)}
                for d, m, c in (('d01', 2, 'base'), ('d02', 1, 'base')):
                    run = K.m1(h, S, 'teams/' + d, [(k, 'any', m) for k in team], B(chosen[d]),
                               {'any': B(a for a in chosen[d] if c in has[a])}, {}, 1, (1, 4), 20)
                    for k, a in run.assignment.items():
                        team[k] += a
                    reports.append(dict(run.report, stage='teams', authority=d))
                run, out = K.m1_leaving(h, S, 'match/d00', [(x.encode(), code[x], 1) for x in drawn], list(team),
                                        {c: [k for k in team if any(c in has[a.decode()] and a.decode() in pool[d] for a in team[k])]
                                         for c, d in (('fire', 'd01'), ('food', 'd02'))},
                                        {x.encode(): {k for k in team if enemies(x) & set(team[k])} for x in drawn}, *run_more, with_pair=True)
                self.held = {k: [x.decode() for x, y in run.assignment.items() if y == [k]] for k in team}
                reports.append(dict(run.report, stage='match', authority='d00'))
                pair = run.pair
                result['teams.tsv'] = self.tsv((k, b','.join(sorted(a))) for k, a in team.items())
                result['assignment.tsv'] = self.tsv((x, y[0]) for x, y in run.assignment.items())
                for x in out:
                    left[x].append(b'd00')
            else:
                for d in ('d01', 'd02'):
                    part = {q['code']: a for q in demands for a in q['authorities'] if a['authority'] == d}
                    run, out = K.m1_leaving(
                        h, S, 'match/' + d, [(x.encode(), code[x], part[code[x]]['members']) for x in drawn], B(chosen[d]),
                        {c: B(a for a in chosen[d] if set(p['classes']) <= has[a]) for c, p in part.items()},
                        {x.encode(): enemies(x) & set(B(chosen[d])) for x in drawn}, *run_more, with_pair=True)
                    reports.append(dict(run.report, stage='match', authority=d))
                    pair = K.larger_pair(pair, run.pair)
                    result['assignment-%s.tsv' % d] = self.tsv((x, b','.join(y)) for x, y in run.assignment.items())
                    for x in out:
                        left[x].append(d.encode())
            result['unassigned.tsv'] = self.tsv((x, b','.join(y)) for x, y in left.items())
        for n in list(result):
            result[n] = self.spoil(n, result[n])
        self.clock = CLOSE_BY + 1300
        cert = {'v': 'vdp1', 'alg': self.alg, 'draw_id': 'draw-1', 'at': CLOSE_BY + 1300, 'commit': ch, 'close': kh, 'values': values,
                'weak': 'drand' not in self.sources, 'strata': cs, 'least_pi': least, 'inspectors': insp,
                'lists': [dict({'name': n, 'rows': result[n].count(b'\n')},
                               **({'root': self.root(n, result[n])} if self.sealed else {'hash': self.hash(result[n])}))
                          for n in sorted(result)],
                'software': self.hash(K.jcs(commit['software'])),
                'log': {'checkpoint': checkpoint1, 'plan': self.log.proof(lp, size1), 'commit': self.log.proof(lc, size1),
                        'close': self.log.proof(lk, size1)}}
        cert.update({'seed_hash': self.tag('secret', S)} if self.sealed else {'seed': S})
        if classes is not None:
            cert['classes'] = classes
        if mode != 'none' and not self.sealed:
            p = pair or (0, 1)
            cert.update(match=reports, pair={'num': str(p[0]), 'den': str(p[1])})
        self.put('certificate.json', cert)
        th = self.tag('cert', self.files['certificate.json'])
        self.sign('cert', th, 'd01')
        self.leaf('cert', th)
        if not self.sealed or self.opened:
            self.files.update(result)
        events = list(self.events)
        if self.sealed and self.opened:
            events.append({'type': 'open', 'secrets': [{'id': 'srv1', 'value': self.s1}, {'id': 'srv2', 'value': self.s2}]})
        prev_hash = th
        for k, e in enumerate(events):
            prev_hash = self.event(k + 1, e, prev_hash)
        return self.finish(ch, size1)

    def event(self, n, e, prev):
        e = e(self) if callable(e) else dict(e)
        values = e.pop('_values', None)
        self.clock += 100
        full = dict({'v': 'vdp1', 'draw': 'draw-1', 'n': n, 'prev': prev, 'by': 'u1', 'approved_by': 'u2', 'at': self.clock}, **e)
        name = 'events/%04d.json' % n
        self.put(name, full)
        eh = self.tag('event', self.files[name])
        self.clock = max(self.clock, full['at'])
        i = self.leaf('void' if full['type'] == 'void' else 'event', eh)
        log = dict(self.log.proof(i, len(self.log.texts)), checkpoint=self.spoil('checkpoint fresh', self.log.checkpoint(
            WITNESSES, self.fresh_cosigned or self.clock))) if values else None
        if values:
            v = dict(values, id='fresh')
            if v.get('by'):
                rec = self.tag('contrib', K.jcs({'v': 'vdp1', 'event': eh, 'id': 'fresh', 'value': v['value'], 'at': v['at'], 'by': v['by']}))
                for p in v['by']:
                    self.sign('contrib', rec, p)
                self.clock = max(self.clock, v['at'])
                self.leaf('record', rec)
            self.put('events/%04d.values.json' % n, {'v': 'vdp1', 'event': eh, 'values': [v], 'log': log})
        return eh

    def finish(self, ch, size1):
        if self.state in ('committed', 'closed'):
            prev = ch
            for k, e in enumerate(self.events):
                prev = self.event(k + 1, e, prev)
        self.put('signatures.json', {'v': 'vdp1', 'signatures': sorted(
            self.signatures, key=lambda s: (s['of'], s['hash'], s['by']))})
        for x in ([self.prev_leaf] if self.late_prev else []) + [x(self) if callable(x) else x for x in self.leaves]:
            self.needed.append(self.log.add(**dict({'at': self.clock, 'hash': '8' * 64}, **x)))
        self.log.add(type='close', draw='draw-x', hash='5' * 64, at=self.clock)
        size2 = len(self.log.texts)
        self.put('proofs.json', {
            'v': 'vdp1', 'checkpoint': self.spoil('checkpoint2', self.log.checkpoint(WITNESSES, self.clock)),
            'consistency': [p.hex() for p in _consistency(size1, self.log.hashes())] if size1 else [],
            'leaves': [dict(self.log.proof(i, size2), leaf=self.log.texts[i]) for i in sorted(self.needed)]})


def _root_of(h, leaves):
    if not leaves:
        return h(b'').digest()
    if len(leaves) == 1:
        return leaves[0]
    k = _split(len(leaves))
    return h(b'\x01' + _root_of(h, leaves[:k]) + _root_of(h, leaves[k:])).digest()


class Folder(object):
    """A bundle on disk, for a moment. The name has a space."""

    def __init__(self, files):
        self.files = files

    def __enter__(self):
        self.top = tempfile.mkdtemp(prefix='vdp test ')
        for n, data in self.files.items():
            path = os.path.join(self.top, n)
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, 'wb') as f:
                f.write(data)
        return self.top

    def __exit__(self, *_):
        shutil.rmtree(self.top)


def report_of(files, policy=POLICY):
    with Folder(files) as top:
        return K.verify(top, policy)


def substitute(mode, level_dice=True):
    """An event: the first member of the first team (or subject) leaves."""
    def event(m):
        if mode == 'teams':
            team = m.files['teams.tsv'].split(b'\n')[0].split(b'\t')[1].split(b',')
            e = {'id': team[0].decode()}
        else:
            row = m.files['assignment-d01.tsv'].split(b'\n')[0].split(b'\t')
            e = {'id': row[1].split(b',')[0].decode(), 'subject': row[0].decode()}
        e.update(type='substitute', reason='recusal', evidence='2' * 64, source={
            'id': 'fresh', 'kind': 'dice', 'faces': 10, 'count': 10, 'not_before': m.clock + 200, 'roller': 'p3'},
            _values={'value': '0123456789', 'at': m.clock + 250, 'by': ['p1', 'p2']})
        return e
    return event


def skip_first(m):
    row = m.files['selection.tsv'].split(b'\n')[0].split(b'\t')
    return {'type': 'skip', 'id': row[0].decode(), 'stratum': row[1].decode(), 'reason': 'ceased', 'evidence': '3' * 64}


def skip_covered(m):
    row = m.files['population.tsv'].split(b'\n')[0].split(b'\t')
    return {'type': 'skip', 'id': row[0].decode(), 'stratum': row[1].decode(), 'reason': 'ceased', 'evidence': '3' * 64}


# --------------------------------------------------------------------------- known answers

class KnownAnswers(unittest.TestCase):

    def test_m1(self):
        cases = json.loads(vector('m1.json'))['cases']
        self.assertEqual(len(cases), 40)
        B = lambda xs: [x.encode() for x in xs]
        for n, c in enumerate(cases):
            p, conflicts = c['P'], collections.defaultdict(set)
            for o, i in p['conf']:
                conflicts[o.encode()].add(i.encode())
            args = (K.sha256, c['S'], 'match/d01', [(s['id'].encode(), s['cls'], s['d']) for s in p['subjects']],
                    B(p['inspectors']), {k: B(v) for k, v in p['elig'].items()}, conflicts, p['cap'], tuple(p['tau']), p['m'])
            try:
                run = K.m1(*args)
                names = dict(zip(('um', 'lm', 'u2', 'l2', 'augmentations', 'raises', 'smooth', 'proposals', 'swaps', 'moves'),
                                 ('u', 'l', 'uu', 'll', 'aug', 'raises', 'smooth', 'R', 'sw', 'mv')))
                got = {names[k]: v for k, v in run.report.items()}
                text = b''.join(o + b'\t' + b','.join(a) + b'\n' for o, a in sorted(run.assignment.items()))
                got['hash'] = hashlib.sha256(text).hexdigest()
                self.assertEqual(K.m1(*args, with_pair=True).assignment, run.assignment)
            except K.Infeasible as e:
                got = dict(e.facts, infeasible=e.kind)
                if e.kind == 'short':
                    got = {'infeasible': 'short', 'o': e.facts['subject'].decode()}
            self.assertEqual(got, c['r'], 'case %d' % n)

    def test_draft(self):
        d = json.loads(vector('vdp1-draft.json'))
        data = vector('vdp1-draft-population.tsv')
        h = K.sha256
        pop = K.List('population.tsv', data)
        self.assertEqual(h(data).hexdigest(), d['commit']['population']['sha256'])
        self.assertEqual(K.lines_root(h, pop.lines), d['commit']['population']['root'])
        self.assertEqual(K.lines_root(h, []), d['commit']['excluded']['root'])
        self.assertEqual(K.jcs(d['commit']).decode(), d['commit_jcs'])
        self.assertEqual(K.parse_jcs(d['commit_jcs'].encode()), d['commit'])
        self.assertEqual(K.tag(h, 'commit', d['commit_jcs']), d['commit_hash'])
        self.assertEqual(K.tag(h, 'seed', d['seed_input_jcs']), d['seed'])
        key = K.stage_key(h, d['seed'], 'objects')
        self.assertEqual(key.decode(), d['key_objects'])
        ids, strata, weights = pop.cols
        order = sorted(zip(K.tickets(h, key, ids), ids))
        self.assertEqual([[t.hex(), i.decode()] for t, i in order[:5]], d['first_tickets'])
        rows = collections.Counter(s.decode() for s in strata)
        n = K.quota_ratio(rows, {s: (5, 100, 0) for s in rows})
        self.assertEqual(n, {s['key']: s['n'] for s in d['commit']['strata']})
        stratum = dict(zip(ids, strata))
        lines = []
        for s in sorted(rows):
            mine = [(t, i) for t, i in order if stratum[i].decode() == s]
            lines += ['%s\t%s\t%s' % (i.decode(), s, t.hex()) for t, i in mine[:n[s]]]
            if s == sorted(rows)[0]:
                self.assertEqual([i.decode() for _, i in mine], d['order_first_stratum'])
        self.assertEqual(lines, d['selection'])
        self.assertEqual(h('\n'.join(lines + ['']).encode()).hexdigest(), d['selection_hash'])
        self.assertEqual(K.quota_total(rows, 9, {s: 1 for s in rows}), d['allocate_total_9_min1'])
        rows_c = collections.Counter(int(w) for w in weights)
        classes = K.pps_classes(h, d['seed'], rows_c, 10)
        of = dict(zip(ids, weights))
        pps_order = K.ranked(h, K.stage_key(h, d['seed'], 'objects/pps'), ids)
        for c in d['pps']['classes']:
            self.assertEqual((classes[c['w']][0], rows_c[c['w']], classes[c['w']][2]), (c['k'], c['N'], int(d['pps']['X'])))
            # (the draft had a ticket stage of its own, objects/pps, for this; v1 takes the stage objects)
            self.assertEqual([i.decode() for i in pps_order if int(of[i]) == c['w']][:c['k']], c['ids'])
        r = K.uniform(h, K.stage_key(h, d['seed'], 'objects/pps/rounding'), 150)
        self.assertEqual(str(r), d['pps']['r'])

    def test_draft_batches(self):
        d = json.loads(vector('vdp1-draft.json'))
        ids = K.List('population.tsv', vector('vdp1-draft-population.tsv')).cols[0]
        rank = K.ranked(K.sha256, K.stage_key(K.sha256, d['seed'], 'batch'), ids)
        # (the draft listed six batches in the order of the tickets; v1 lists them by id)
        lines = b''.join(b'%s\t%d\n' % (x, k * 6 // len(ids)) for k, x in enumerate(rank))
        self.assertEqual(hashlib.sha256(lines).hexdigest(), d['batches_hash'])

    def test_drand(self):
        seen = 0
        for b in json.loads(vector('drand.json'))['beacons']:
            if b['chain'] != 'quicknet':
                continue
            seen += 1
            self.assertEqual(hashlib.sha256(bytes.fromhex(b['signature'])).hexdigest(), b['randomness'])
            self.assertTrue(K.drand_verify(b['round'], b['signature']))
            self.assertFalse(K.drand_verify(b['round'] + 1, b['signature']))
            flipped = '%02x' % (int(b['signature'][:2], 16) ^ 0x20) + b['signature'][2:]
            self.assertFalse(K.drand_verify(b['round'], flipped))
        self.assertGreaterEqual(seen, 4)
        self.assertFalse(K.drand_verify(1000, 'c0' + '00' * 47))        # infinity
        self.assertFalse(K.drand_verify(1000, '00' * 48))
        self.assertTrue(K.drand_self_test())

    def test_bls_pieces(self):
        # RFC 9380, J.9.1 (msg "") and K.1 (expand_message_xmd, "" and "abc")
        p = K.hash_to_g1(b'', b'QUUX-V01-CS02-with-BLS12381G1_XMD:SHA-256_SSWU_RO_')
        self.assertEqual('%096x' % p[0], '052926add2207b76ca4fa57a8734416c8dc95e24501772c81427870'
                         '0eed6d1e4e8cf62d9c09db0fac349612b759e79a1')
        dst = b'QUUX-V01-CS02-with-expander-SHA256-128'
        self.assertEqual(K.expand_message_xmd(b'', dst, 32).hex(),
                         '68a985b87eb6b46952128911f2a4412bbc302a9d759667f87f7a21d803f07235')
        self.assertEqual(K.expand_message_xmd(b'abc', dst, 32).hex(),
                         'd8ccab23b5985ccea865c6c97b6e5b8350e794e603b4b97902f53a8a0d605615')
        # the key is the one of section 4, and on the curve y^2 = x^3 + 4(1 + u)
        key = K.DRAND_KEY
        (x0, x1), (y0, y1) = key
        self.assertEqual('%0192x' % ((x1 | (4 | (y1 > K.BLS_P // 2)) << 381) << 384 | x0), KEY)
        cube = K._f2mul(K._f2mul(key[0], key[0]), key[0])
        self.assertEqual(K._f2mul(key[1], key[1]), ((cube[0] + 4) % K.BLS_P, (cube[1] + 4) % K.BLS_P))
        # it is of order r: e(G1, key) to the r is 1, seen as e([r]P, key) through bilinearity
        g1 = K.g1_decode(bytes.fromhex('97f1d3a73197d7942695638c4fa9ac0fc3688c4f9774b905a14e3a3f171bac58'
                                       '6c55e83ff97a1aeffb3af00adb22c6bb'))
        two, three = K._g1_mul(2, g1), K._g1_mul(3, g1)
        neg5 = K._g1_mul(K.BLS_R - 5, g1)
        self.assertTrue(K.pairing_product_is_one([(two, key), (three, key), (neg5, key)]))
        self.assertFalse(K.pairing_product_is_one([(two, key), (two, key), (neg5, key)]))

    def test_trees(self):
        leaves = [b'', b'\0', b'\x10', b' !', b'01', b'@ABC', b'PQRSTUVW', b'`abcdefghijklmno']
        want = {0: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
                1: '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
                2: 'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
                3: 'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
                8: '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328'}
        leaves[3] = b' !'
        for n in (0, 1, 2, 3):
            self.assertEqual(K.lines_root(K.sha256, leaves[:n]), want[n], n)
        self.assertEqual(K.lines_root(K.sha256, [bytes.fromhex(x) for x in (
            '', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f')]), want[8])

    def test_proofs(self):
        for n in range(1, 20):
            raw = [hashlib.sha256(b'\0%d' % i).digest() for i in range(n)]
            self.assertEqual(K.tree_root(K.sha256, raw), _root(raw))
            for m in range(n):
                path = _path(m, raw)
                self.assertEqual(K.path_root(m, n, raw[m], path), _root(raw))
                if path:
                    with self.assertRaises(K.Bad):
                        K.path_root(m, n, raw[m], path[:-1])
                with self.assertRaises(K.Bad):
                    K.path_root(m, n, raw[m], path + [raw[0]])
            for m in range(1, n + 1):
                proof = _consistency(m, raw)
                K.check_consistency(m, _root(raw[:m]), n, _root(raw), proof)
                for bad in ([proof[:-1]] if proof else []) + [proof + [raw[0]]]:
                    with self.assertRaises(K.Bad):
                        K.check_consistency(m, _root(raw[:m]), n, _root(raw), bad)
                if m < n:
                    with self.assertRaises(K.Bad):
                        K.check_consistency(m, raw[0][::-1], n, _root(raw), proof)

    def test_sm3(self):
        want = '66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0'
        self.assertEqual(K.sm3(b'abc').hexdigest(), want)
        self.assertEqual(K.Sm3(b'abc').hexdigest(), want)
        self.assertEqual(K.Sm3(b'abcd' * 16).hexdigest(), 'debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732')
        for n in (0, 1, 55, 56, 63, 64, 65, 200):
            s = K.Sm3()
            for i in range(n):
                s.update(b'x')
            self.assertEqual(s.hexdigest(), K.sm3(b'x' * n).hexdigest())

    def test_ed25519(self):
        # RFC 8032, 7.1, tests 1 to 3
        for key, msg, sig in (
            ('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a', '',
             'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b'),
            ('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c', '72',
             '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00'),
            ('fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025', 'af82',
             '6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a')):
            key, msg, sig = map(bytes.fromhex, (key, msg, sig))
            self.assertTrue(K.ed25519_verify(key, msg, sig))
            self.assertFalse(K.ed25519_verify(key, msg + b'.', sig))
            s = int.from_bytes(sig[32:], 'little') + K.ED_L
            self.assertFalse(K.ed25519_verify(key, msg, sig[:32] + s.to_bytes(32, 'little')))
        k = Ed('x')
        self.assertTrue(K.ed25519_verify(k.raw, b'hello', k.sign(b'hello')))
        # keys of small order, with which R = identity, s = 0 or the like would hold; encodings that are not canonical
        p = K.ED_P
        order8 = 'c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a'
        for small in ((1).to_bytes(32, 'little').hex(), (p - 1).to_bytes(32, 'little').hex(), '00' * 32, order8):
            small = bytes.fromhex(small)
            self.assertIsNotNone(K._ed_decode(small))
            for r in (small, (1).to_bytes(32, 'little')):
                self.assertFalse(K.ed25519_verify(small, b'', r + bytes(32)))
        for b in (p, p + 1, 1 | 1 << 255, 2 ** 255 - 1):
            self.assertIsNone(K._ed_decode(b.to_bytes(32, 'little')))
        # the equation has the cofactor: an R that is off by a point of order 8 holds
        r = 12345
        big = k.encode(K._ed_add(K._ed_mul(r, K.ED_B), K._ed_decode(bytes.fromhex(order8))))
        e = int.from_bytes(hashlib.sha512(big + k.raw + b'hello').digest(), 'little') % K.ED_L
        self.assertTrue(K.ed25519_verify(k.raw, b'hello', big + ((r + e * k.a) % K.ED_L).to_bytes(32, 'little')))

    def test_sm2(self):
        k = Sm2('x')
        sig = k.sign(b'message digest')
        self.assertTrue(K.sm2_verify(k.raw, b'message digest', sig))
        self.assertFalse(K.sm2_verify(k.raw, b'message digesT', sig))
        self.assertFalse(K.sm2_verify(k.raw, b'message digest', sig[:-1] + bytes([sig[-1] ^ 1])))
        self.assertFalse(K.sm2_verify(k.raw[:-1] + bytes([k.raw[-1] ^ 1]), b'message digest', sig))
        # GB/T 32918.5, A.2 (sm2p256v1, SM3)
        key = ('0409F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020'
               'CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13')
        sig = ('F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3'
               'B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA')
        self.assertTrue(K.sm2_verify(bytes.fromhex(key), b'message digest', bytes.fromhex(sig)))

    def test_jcs(self):
        for good in (b'{}', b'{"a":[1,true,"\xe4\xb8\xad"],"b":{"c_1":9007199254740991}}', b'{"a":"\\u0000\\b\\n\\u001f\x7f\\"\\\\/"}',
                     b'[' * 16 + b']' * 16, '{"a":"\U0001f600"}'.encode()):
            self.assertEqual(K.jcs(K.parse_jcs(good)), good)
        for bad in (b'', b'{"b":1,"a":1}', b'{"a":1,"a":1}', b'{"a": 1}', b'{"a":1}\n', b'{"a":null}', b'{"a":1.0}', b'{"a":-1}',
                    b'{"a":-0}', b'{"a":1e3}', b'{"a":01}', b'{"a":9007199254740992}', b'{"A":1}', b'{"":1}', b'{"a":"\\u00e9"}',
                    b'{"a":"\\/"}', b'{"a":"e\xcc\x81"}', b'{"a":"\\ud800"}', b'{"a":"\xff"}', b'\xef\xbb\xbf{}', b'{"a":NaN}',
                    b'{"a":Infinity}', b'[' * 17 + b']' * 17, b'[' * 100000, b'{"a":"\\u001F"}', b'{"a":"\t"}', b'{"a":"\\u0008"}',
                    b'\xff\xfe{\0}\0', b'{"a":1}{', b'1' * 5000):
            with self.assertRaises(K.Bad):
                K.parse_jcs(bad)

    def test_stream(self):
        s = K.Stream(K.sha256, b'k')
        words = [w for j in range(3) for w in struct.unpack('>8I', hashlib.sha256(b'k/%d' % j).digest())]
        self.assertEqual([next(s.words) for _ in range(24)], words)
        s = K.Stream(K.sha256, b'k')
        self.assertEqual([s.below(1), s.below(10)], [0, words[1] % 10])

    def test_grammars(self):
        good = {'authority': ('d01', 'd123456', 'd000', 'd001'), 'team': ('t0001', 't10000'), 'weight': ('1', '999999999')}
        bad = {'authority': ('d00', 'd1', 'd1234567'), 'team': ('t001', 't00001'), 'weight': ('0', '01', '1000000000')}
        for n in good:
            for x in good[n]:
                K.rx(K.G[n])(x, n)
            for x in bad[n] + ('',) + tuple(y + '\n' for y in good[n]):
                with self.assertRaises(K.Bad):
                    K.rx(K.G[n])(x, n)

    def test_list_forms(self):
        K.List('population.tsv', b'')
        K.List('attributes.tsv', b'a' * 48 + b'\t\n')
        for name, data in (('population.tsv', b'a\tb\t1'), ('population.tsv', b'a\tb\t1\r\n'), ('population.tsv', b'b\tb\t1\na\tb\t1\n'),
                           ('population.tsv', b'a\tb\t1\na\tb\t1\n'), ('population.tsv', b'\n'), ('population.tsv', b'a\tb\t1\n\n'),
                           ('population.tsv', b'\xef\xbb\xbfa\tb\t1\n'), ('population.tsv', b'a b\tb\t1\n'), ('population.tsv', b'a\tb\t0\n'),
                           ('conflicts.tsv', b'a' * 48 + b'\t\n'), ('conflicts.tsv', b'a' * 48 + b'\tb,a\n'),
                           ('short.tsv', b'a\td00\n'), ('unassigned.tsv', b'a\td00,d01\n'),
                           ('selection.tsv', b'a\ts\t' + b'1' * 64 + b'\nb\ts\t' + b'0' * 64 + b'\n')):
            with self.assertRaises(K.Bad):
                K.List(name, data)

    def test_quotas(self):
        self.assertEqual(K.quota_ratio({'a': 10, 'b': 3}, {'a': (1, 3, 1), 'b': (1, 100, 5)}), {'a': 4, 'b': 3})
        self.assertEqual(K.quota_total({'a': 1, 'b': 99}, 10, {'a': 5, 'b': 0}), {'a': 1, 'b': 9})
        for rows, n, mins in (({'a': 2}, 3, {'a': 0}), ({'a': 5, 'b': 5}, 3, {'a': 2, 'b': 2})):
            with self.assertRaises(K.Bad):
                K.quota_total(rows, n, mins)
        # the sentence of section 5 about a stratum above N_s never applies
        rnd, above = random.Random(5), 0
        for _ in range(3000):
            rows = {c: rnd.randint(1, 9) for c in 'abcdef'[:rnd.randint(1, 6)]}
            mins = {c: rnd.randint(0, 6) for c in rows}
            n = rnd.randint(1, sum(rows.values()))
            try:
                q = K.quota_total(rows, n, mins)
            except K.Bad:
                self.assertLess(n, sum(min(mins[c], rows[c]) for c in rows))
                continue
            self.assertEqual(sum(q.values()), n)
            self.assertTrue(all(min(mins[c], rows[c]) <= q[c] <= rows[c] for c in rows))
        # pps: everyone, and more than everyone
        self.assertEqual(K.pps_classes(K.sha256, 'f' * 64, {1: 2, 5: 3}, 5), {1: (2, 1, 1), 5: (3, 1, 1)})
        with self.assertRaises(K.Bad):
            K.pps_classes(K.sha256, 'f' * 64, {1: 2}, 3)
        for k in range(200):
            rows = {w: rnd.randint(1, 9) for w in rnd.sample(range(1, 60), 4)}
            n = rnd.randint(1, sum(rows.values()))
            got = K.pps_classes(K.sha256, '%064x' % k, rows, n)
            self.assertEqual(sum(c[0] for c in got.values()), n)
            self.assertTrue(all(0 <= got[w][0] <= rows[w] for w in rows))

    def test_outcomes(self):
        g = lambda c, lo, hi, o, r: {'kind': 'lottery', 'groups': [{'count': c, 'low': lo, 'high': hi, 'ordered': o, 'repeat': r}]}
        self.assertEqual(K.outcomes(g(6, 1, 33, False, False)), 1107568)
        self.assertEqual(K.outcomes(g(3, 0, 9, True, True)), 1000)
        self.assertEqual(K.outcomes(g(2, 1, 5, True, False)), 20)
        for bad in (g(2, 1, 5, False, True), g(6, 1, 5, True, False), g(1, 5, 1, True, True)):
            with self.assertRaises(K.Bad):
                K.outcomes(bad)
        two = {'kind': 'lottery', 'groups': g(2, 1, 33, False, False)['groups'] + g(1, 1, 16, True, False)['groups']}
        self.assertTrue(K.value_possible(two, '5.33./16./'))
        for v in ('33.5./16./', '5.5./16./', '5.34./16./', '5.33./16.', '05.33./16./', '5.33/16/', '5.33./16././', ''):
            self.assertFalse(K.value_possible(two, v), v)
        die = {'kind': 'dice', 'faces': 6, 'count': 3}
        self.assertTrue(K.value_possible(die, '162'))
        for v in ('160', '16', '1621', '16\n', '１62'):
            self.assertFalse(K.value_possible(die, v))

    def test_pair_is_exact_on_a_small_case(self):
        # one subject, two interchangeable inspectors: each is there half of the time
        run = K.m1(K.sha256, '1' * 64, 'match/d01', [(b's', 'c', 1)], [b'a', b'b'], {'c': [b'a', b'b']}, {}, 5, (1, 4), 20, True)
        self.assertEqual(run.pair[0] * 2, run.pair[1])
        # two subjects of one class, three inspectors, one conflicting pair: of the 5 pairs 2 are there each time
        run = K.m1(K.sha256, '1' * 64, 'match/d01', [(b's', 'c', 1), (b't', 'c', 1)], [b'a', b'b', b'd'],
                   {'c': [b'a', b'b', b'd']}, {b's': {b'a', b'stranger'}}, 5, (1, 4), 20, True)
        self.assertEqual(run.pair, (400 * 2, 400 * 5))
        # of two demands the groups are apart
        run = K.m1(K.sha256, '1' * 64, 'match/d01', [(b's', 'c', 2), (b't', 'c', 1)], [b'a', b'b', b'd'],
                   {'c': [b'a', b'b', b'd']}, {}, 5, (1, 4), 20, True)
        self.assertEqual(run.pair, (400 * 2, 400 * 3))


# --------------------------------------------------------------------------- bundles

EXPORT = None                                           # a folder: the bundles of these tests are written there
EXPORTED = []                                           # what is expected of them


def export(files, policy, verdict, code, unknown=()):
    """Writes one bundle with what is expected of it, so that another implementation can be held against it."""
    name = 'b%03d' % (len(EXPORTED) + 1)
    for n, data in files.items():
        path = os.path.join(EXPORT, name, n)
        os.makedirs(os.path.dirname(path), exist_ok=True)
        with open(path, 'wb') as f:
            f.write(data)
    EXPORTED.append({'bundle': name, 'policy': policy, 'verdict': verdict, 'code': code, 'unknown': list(unknown)})


def not_exported(test):
    """A test that has no bundles to write."""
    @functools.wraps(test)
    def run(self):
        if EXPORT:
            self.skipTest('nothing to export')
        test(self)
    return run


class Bundles(unittest.TestCase):
    maxDiff = None

    def holds(self, maker, verdict='verified', unknown=(), policy=POLICY, **more):
        if EXPORT:
            return export(maker.files, policy, verdict, None, unknown)
        r = report_of(maker.files, policy)
        wrong = [(c['id'], c['holds'], c['detail']) for c in r['checks']
                 if c['holds'] != ('unknown' if c['id'] in unknown else 'yes')]
        self.assertEqual(wrong, [])
        self.assertEqual(r['verdict'], verdict)
        for k, v in more.items():
            self.assertEqual(r[k], v)
        return r

    def test_teams(self):
        m = Maker()
        r = self.holds(m, state='drawn', level='L2', code=None, weak=False)
        if EXPORT:
            return
        self.assertEqual(r['facts']['seed'], m.S)
        self.assertEqual(r['facts']['selection_hash'], hashlib.sha256(m.files['selection.tsv']).hexdigest())

    def test_kinds_and_modes(self):
        for kind in ('ratio', 'total', 'pps', 'coverage'):
            for mode in ('none', 'teams', 'subjects'):
                with self.subTest(kind=kind, mode=mode):
                    self.holds(Maker(kind=kind, mode=mode, size=33, seed=3, sources=('dice', 'drand') if mode == 'none' else ('drand',)))

    def test_sm3_and_sm2(self):
        self.holds(Maker(alg='sm3', sm2=True))

    def test_weak(self):
        self.holds(Maker(sources=('dice',)), weak=True)
        self.holds(Maker(sources=('dice', 'lottery'), mode='none'), weak=True)

    def test_demands_list(self):
        self.holds(Maker(demands_list=True, mode='subjects'))

    def test_seq(self):
        self.holds(Maker(seq=4, mode='none'))
        self.assert_code(Maker(seq=4, mode='none', change={'leaf commit': lambda x: dict(x, seq=3)}).files, 'log.proofs')

    def test_level_1(self):
        self.holds(Maker(level='L1'), 'indeterminate', ('close.preflight', 'match', 'pair'), level='L1')

    def test_no_policy(self):
        self.holds(Maker(mode='none'), 'indeterminate', ('freshness',), policy=None)
        self.holds(Maker(mode='none'), 'indeterminate', ('freshness',), policy=dict(POLICY, demo=True))
        self.holds(Maker(mode='none'), 'indeterminate', ('freshness',), policy=dict(POLICY, quorum=1))
        self.holds(Maker(mode='none'), 'indeterminate', ('freshness',), policy='nonsense')
        twice = dict(POLICY, witnesses=POLICY['witnesses'][:2] + [dict(POLICY['witnesses'][2], name=WITNESSES[0][0])])
        self.holds(Maker(mode='none'), 'indeterminate', ('freshness',), policy=twice)

    def test_freshness_is_never_no(self):
        """Whatever is missing, late or of others: unknown."""
        strange = [{'name': n, 'key': Ed('stranger %d' % i).key} for i, (n, _) in enumerate(WITNESSES)]
        for policy in (dict(POLICY, witnesses=strange), dict(POLICY, log={'origin': Log.origin, 'key': strange[0]['key']}),
                       dict(POLICY, log={'origin': 'another', 'key': POLICY['log']['key']})):
            self.holds(Maker(mode='none'), 'indeterminate', ('freshness',), policy=policy)

        def without(n):
            """A checkpoint without its n-th signature line (0: the log's)."""
            def change(text):
                rows = text.split('\n')
                del rows[4 + n]
                return '\n'.join(rows)
            return change
        for which in ('checkpoint1', 'checkpoint2'):
            for n in (0, 3):
                self.holds(Maker(mode='none', change={which: without(n)}), 'indeterminate', ('freshness',))
        for time in (CLOSE_BY + 1, CLOSE_BY + 50):
            self.holds(Maker(mode='none', close_cosigned=time), 'indeterminate', ('freshness',))
        self.holds(Maker(mode='none', close_cosigned=CLOSE_BY))

    def test_checkpoint_extension(self):
        self.assert_code(Maker(mode='none', change={'checkpoint2': lambda t: t.replace('\n\n', '\nmore\n\n', 1)}).files, 'log.proofs')

    def test_sealed(self):
        self.holds(Maker(sealed=True))
        self.holds(Maker(sealed=True, mode='subjects', kind='total'))
        m = Maker(sealed=True, opened=False, level='L1')
        self.holds(m, 'indeterminate', ('list.form', 'commit.lists', 'register.partition', 'strata.rows', 'close.preflight', 'cert.lists', 'seed', 'selection',
                   'probabilities', 'inspectors', 'assignment', 'match'), state='drawn')

    def test_states(self):
        self.holds(Maker(state='closed'), state='closed')
        r = self.holds(Maker(state='committed'), state='committed')
        if not EXPORT:
            self.assertNotIn('close.commit', [c['id'] for c in r['checks']])

    def test_void(self):
        void = lambda m: {'type': 'void', 'reason': 'beacon_absent', 'evidence': '4' * 64, 'at': CLOSE_BY + 500}
        self.holds(Maker(state='closed', events=[void]), 'indeterminate', ('freshness',), state='void')
        void2 = lambda m: {'type': 'void', 'reason': 'cancelled', 'evidence': '4' * 64, 'at': CLOSE_BY - 1}
        self.holds(Maker(state='committed', events=[void2]), state='void')
        self.assert_code(Maker(state='committed', events=[void]).files, 'events.rules')
        self.assert_code(Maker(state='drawn', events=[lambda m: dict(void(m), at=CLOSE_BY + 1500)], mode='none').files, 'single')

        # a cancellation is shown by the witnesses, before close_by; nothing else of a void is
        late = lambda m: dict(void2(m), at=CLOSE_BY - 1)
        after = {'checkpoint2': lambda text: Log.cosigned(text, CLOSE_BY + 1)}
        self.holds(Maker(state='committed', events=[late], change=after), 'indeterminate', ('freshness',))
        self.holds(Maker(state='closed', events=[late]), state='void')
        self.holds(Maker(state='committed', events=[late]), 'indeterminate', ('freshness',), policy=None)
        missed = lambda m: {'type': 'void', 'reason': 'not_closed', 'evidence': '4' * 64, 'at': CLOSE_BY + 5}
        self.holds(Maker(state='committed', events=[missed]), 'indeterminate', ('freshness',))
        for t in ('event', 'cert'):                     # its leaf has a type of its own
            self.spoiled('log.proofs', 'leaf void', lambda x: dict(x, type=t), state='committed', events=[late])
        self.spoiled('log.proofs', 'leaf event', lambda x: dict(x, type='void'), mode='none', events=[skip_first])

    def test_freshness_before_the_draw(self):
        for state in ('committed', 'closed'):
            kw = dict(mode='none', state=state)
            self.holds(Maker(**kw), 'indeterminate', ('freshness',), policy=None)
            self.holds(Maker(**kw), 'indeterminate', ('freshness',), policy=dict(POLICY, demo=True))
            for time, good in ((CLOSE_BY, True), (CLOSE_BY + 1, False)):
                m = Maker(change={'checkpoint2': lambda text: Log.cosigned(text, time)}, **kw)
                self.holds(m, 'verified' if good else 'indeterminate', () if good else ('freshness',))

    def test_certificate_after_its_round(self):
        self.spoiled('values.drand', 'certificate.json', lambda v: dict(v, at=CLOSE_BY + 59), mode='none', sources=('drand',))
        self.holds(Maker(mode='none', sources=('drand',), change={'certificate.json': lambda v: dict(v, at=CLOSE_BY + 60)}))

    def test_strange_files(self):
        m = Maker(mode='none')
        for n in ('x.json', 'X.JSON', 'sub/commit.json', 'a.tsv', 'events/list.tsv', 'verify.html', 'a.Htm', 'b.py', 'c.sh', 'events/1.json',
                  'events/0001.values.json.json', 'events/0001.Values.json', 'Plan.json', '.json', 'inspectors.tsv', 'batches.tsv',
                  'assignment.tsv', 'assignment-d01.tsv', 'assignment-D.tsv', 'demands.tsv', 'short.tsv', 'sub/population.tsv'):
            self.assert_code(dict(m.files, **{n: b'1'}), 'bundle.files')
        self.holds(type('', (), {'files': dict(m.files, **{n: b'1' for n in (
            'README.md', 'a.txt', 'x.json.bak', 'events/note', 'pdf/json', 'a.jsonl', 'b.pyc', 'tsv')})}))
        self.assert_code(dict(Maker(mode='none', state='closed').files, **{'selection.tsv': b''}), 'bundle.files')
        self.assert_code(dict(Maker().files, **{'assignment-d01.tsv': b''}), 'bundle.files')
        self.assert_code(dict(Maker(mode='subjects').files, **{'assignment-d03.tsv': b''}), 'bundle.files')
        self.assert_code(dict(Maker(mode='none', software=False).files, **{'check.py': b''}), 'bundle.files')
        # not where the commitment cannot be read
        self.assert_code(dict(m.files, **{'x.json': b'1', 'commit.json': b'{}'}), 'manifest.fields')

    def test_most(self):
        """The arrays that have a most."""
        watch = lambda n: lambda v: dict(v, observers=[{'id': 'o%03d' % (i + 1), 'value': '20260101'} for i in range(n)])
        self.holds(Maker(mode='none', change={'close.json': watch(999)}))
        self.spoiled('manifest.fields', 'close.json', watch(1000), mode='none')
        group = {'count': 1, 'low': 0, 'high': 99, 'ordered': True, 'repeat': False}
        many = lambda n: lambda v: v['sources'][1].update(groups=[group] * n)
        value = {'value lottery': lambda v: dict(v, value='7./' * 16)}
        self.holds(Maker(mode='none', sources=('lottery', 'drand'), change=dict(value, **{'commit.json': many(16)})))
        self.spoiled('manifest.fields', 'commit.json', many(17), mode='none', sources=('lottery', 'drand'))

        def signed(n):
            def change(v):
                o = next(s for s in v['signatures'] if s['of'] == 'contrib' and s['by'] == 'o1' or s['by'] == 'o001')
                v['signatures'] += [dict(o, by='w%04d' % i) for i in range(n - len(v['signatures']))]
                v['signatures'].sort(key=lambda s: (s['of'], s['hash'], s['by']))
            return change
        self.holds(Maker(mode='none', change={'signatures.json': signed(1000)}))
        self.spoiled('manifest.fields', 'signatures.json', signed(1001), mode='none')

    def test_values_in_the_log(self):
        """The values file of a substitute shows that the log had the event before its source could speak."""
        kw = dict(events=[substitute('teams')])
        name = 'events/0001.values.json'
        self.holds(Maker(**kw), 'indeterminate', ('freshness', 'events.substitute'), policy=None)
        self.holds(Maker(**kw), 'indeterminate', ('freshness', 'events.substitute'), policy=dict(POLICY, demo=True))
        self.spoiled('manifest.fields', name, lambda v: v.pop('log') and None, **kw)
        self.spoiled('manifest.fields', name, lambda v: v['log'].update(more=1), **kw)
        for f in (lambda v: v['log'].update(index=v['log']['index'] - 1), lambda v: v['log'].update(index=1000),
                  lambda v: v['log'].update(path=[]), lambda v: v['log']['path'].append('1' * 64), lambda v: v['log'].update(checkpoint='x')):
            self.spoiled('events.substitute', name, f, **kw)

        def before(m):
            e = substitute('teams')(m)
            m.early_checkpoint = m.log.checkpoint(WITNESSES, m.clock)       # the event is not in it
            return e
        m = Maker(events=[before])
        m = Maker(events=[before], change={'checkpoint fresh': lambda _: m.early_checkpoint})
        self.assert_code(m.files, 'events.substitute')
        # the source speaks at 1501, the event is of 1401
        for time, good in ((CLOSE_BY + 1490, True), (CLOSE_BY + 1491, False), (CLOSE_BY + 1600, False)):
            self.holds(Maker(fresh_cosigned=time, **kw), *(() if good else ('indeterminate', ('events.substitute',))))
        for n in (0, 1):
            self.holds(Maker(change={'checkpoint fresh': lambda t: '\n'.join(x for k, x in enumerate(t.split('\n')) if k != 4 + n)}, **kw),
                       'indeterminate', ('events.substitute',))
        # its outsiders are neither signers nor those of the event
        for by in ('by', 'approved_by'):
            self.spoiled('events.substitute', 'events/0001.json', lambda v: dict(v, **{by: 'p1'}), **kw)

    def test_events_after_the_certificate(self):
        self.assert_code(Maker(mode='none', events=[lambda m: dict(skip_first(m), at=CLOSE_BY + 1299)]).files, 'events.chain')
        self.holds(Maker(mode='none', events=[lambda m: dict(skip_first(m), at=CLOSE_BY + 1300)]))

    def test_skips(self):
        self.holds(Maker(events=[skip_first]))
        again = lambda m: skip_first(m)
        self.assert_code(Maker(events=[skip_first, again]).files, 'events.rules')
        self.holds(Maker(kind='pps', events=[skip_first], mode='none'))
        self.assert_code(Maker(events=[lambda m: dict(skip_first(m), approved_by='u1')]).files, 'events.chain')

    def test_substitutes(self):
        for mode in ('teams', 'subjects'):
            self.holds(Maker(mode=mode, events=[substitute(mode)]))
            self.assert_code(Maker(mode=mode, events=[substitute(mode), substitute(mode)]).files, 'events.rules')
            self.holds(Maker(mode=mode, events=[substitute(mode)], level='L1'), 'indeterminate',
                       ('close.preflight', 'match', 'pair', 'events.substitute'))
        self.spoiled('events.substitute', 'events/0001.values.json', lambda v: dict(v, event='1' * 64), events=[substitute('teams')])
        self.spoiled('events.rules', 'events/0001.json', lambda v: dict(v, subject='x'), events=[substitute('teams')])

    @not_exported
    def test_who_enters(self):
        # who enters is named, fresh or not
        m = Maker(events=[substitute('teams')])
        self.assertEqual(report_of(m.files, None)['facts']['entered'], report_of(m.files)['facts']['entered'])
        m = Maker(events=[substitute('teams')])
        del m.files['events/0001.values.json']
        r = report_of(m.files)
        self.assertEqual({c['id']: c['holds'] for c in r['checks']}['events.substitute'], 'unknown')
        self.assertNotIn('entered_1', r['facts'])
        m = Maker(mode='subjects', events=[substitute('subjects')])
        text = lambda n: [r.split('\t') for r in m.files[n].decode().split('\n')[:-1]]
        e = json.loads(m.files['events/0001.json'])
        s2 = m.tag('seed', '{"commit":"%s","event":"%s","parent":"%s","values":[{"id":"fresh","value":"0123456789"}]}' % (
            m.commit_hash, m.tag('event', m.files['events/0001.json']), m.S))
        code = next('fire' if st == 'fire/A' else None for x, st, _ in text('population.tsv') if x == e['subject'])
        there = [a for n in ('assignment-d01.tsv', 'assignment-d02.tsv') for x, y in text(n) if x == e['subject'] for a in y.split(',')]
        fits = [a for a, d in text('inspectors.tsv') if d == 'd01' and a not in there and e['subject'] not in dict(
            text('conflicts.tsv')).get(a, '').split(',') and (not code or code in dict(text('attributes.tsv'))[a].split(','))]
        key = m.tag('key', s2 + '\nsubstitute/1')
        facts, new = report_of(m.files)['facts'], min(fits, key=lambda a: m.hash((key + a).encode()))
        self.assertEqual((facts['entered'], facts['entered_1']), ({1: new}, new))
        # one of each kind; nobody enters by an opening, nor where no reserve is left
        facts = report_of(Maker(sealed=True, mode='none', events=[skip_first]).files)['facts']
        self.assertEqual((facts['entered'], facts['entered_2']), ({1: facts['entered_1']}, ''))
        facts = report_of(Maker(mode='none', events=[skip_first], size=3).files)['facts']
        self.assertEqual(('entered' in facts, facts['entered_1']), (False, ''))

    def test_waiting(self):
        """While one waits, nobody of the same authority can leave; of another authority somebody can."""
        for mode in ('teams', 'subjects'):
            for d, blocked in (('d01', True), ('d02', False)):
                def other(m):
                    e = substitute(mode)(m)
                    gone = json.loads(m.files['events/0001.json'])['id']
                    of = dict(r.split(b'\t') for r in m.files['inspectors.tsv'].split(b'\n')[:-1])
                    names = ['teams.tsv'] if mode == 'teams' else ['assignment-%s.tsv' % d]
                    for n in names:
                        for r in m.files[n].split(b'\n')[:-1]:
                            for a in r.split(b'\t')[1].split(b','):
                                if a.decode() != gone and of[a].decode() == d:
                                    e.update(id=a.decode(), **({'subject': r.split(b'\t')[0].decode()} if mode == 'subjects' else {}))
                    e.pop('_values')
                    return e

                def first(m):
                    e = substitute(mode)(m)
                    e.pop('_values')
                    if mode == 'teams':
                        of = dict(r.split(b'\t') for r in m.files['inspectors.tsv'].split(b'\n')[:-1])
                        team = m.files['teams.tsv'].split(b'\n')[0].split(b'\t')[1].split(b',')
                        e['id'] = next(a for a in team if of[a] == b'd01').decode()
                    return e
                m = Maker(mode=mode, events=[first, other])
                if blocked:
                    self.assert_code(m.files, 'events.rules')
                else:
                    self.holds(m, 'indeterminate', ('events.substitute',))

    @not_exported
    def test_passed_on(self):
        """The one who enters passes to the team of the skipped one, unless someone there conflicts."""
        seen = collections.Counter()
        for seed in range(12):
            m = Maker(seed=seed, conflicts='many', max_conflicts=(1, 1))
            with Folder(Maker(seed=seed, conflicts='many', max_conflicts=(1, 1), events=[skip_first]).files) as folder:
                v = K.Verifier(folder, POLICY)
                self.assertEqual(v.run()['verdict'], 'verified')
                play = K._Replay(v)
                play.play()
            gone = m.files['selection.tsv'].split(b'\n')[0].split(b'\t')[0]
            new = next(iter(play.members - set(x.encode() for x in m.drawn)))
            held = {x for _, y in play.holding.values() for x in y}
            self.assertNotIn(gone, held)
            team = dict(r.split(b'\t') for r in m.files['assignment.tsv'].split(b'\n')[:-1]).get(gone)
            members = dict(r.split(b'\t') for r in m.files['teams.tsv'].split(b'\n')[:-1])
            against = dict(r.split(b'\t') for r in m.files['conflicts.tsv'].split(b'\n')[:-1])
            clash = team and any(new in against.get(a, b'').split(b',') for a in members[team].split(b','))
            seen[bool(team), bool(clash), new in held] += 1
            if not team or clash:
                self.assertNotIn(new, held)
            elif new in held:
                self.assertIn(new, play.holding[team][1])
        self.assertTrue(seen[True, True, False] and seen[True, False, True], seen)

    def test_skip_and_substitute(self):
        for mode in ('teams', 'subjects'):
            self.holds(Maker(mode=mode, events=[skip_first, substitute(mode)]) if mode == 'teams' else
                       Maker(mode=mode, events=[substitute(mode), skip_first]))

        def of_the_skipped(m):
            e = substitute('subjects')(m)
            gone = m.files['selection.tsv'].split(b'\n')[0].split(b'\t')[0]
            row = next(r for r in m.files['assignment-d01.tsv'].split(b'\n') if r.startswith(gone))
            e.update(subject=gone.decode(), id=row.split(b'\t')[1].split(b',')[0].decode())
            return e
        self.assert_code(Maker(mode='subjects', events=[skip_first, of_the_skipped]).files, 'events.rules')
        self.assert_code(Maker(kind='coverage', events=[skip_covered]).files, 'events.rules')

    def test_unassigned(self):
        """Many conflicts, and a small cap, leave subjects; both modes."""
        lines = collections.Counter()
        for seed in range(4):
            for mode in ('teams', 'subjects'):
                for cap in (50, 3):
                    m = Maker(conflicts='many', max_conflicts=(1, 1), seed=seed, mode=mode, cap=cap)
                    lines[mode, cap] += m.files['unassigned.tsv'].count(b'\n')
                    self.holds(m)
        self.assertTrue(lines['teams', 50] and lines['subjects', 50], lines)

    @not_exported
    def test_leaving(self):
        """Five subjects of which only one inspector may have any, three at most: the last two by rank are left."""
        ids = [b's%d' % i for i in range(5)]
        run, left = K.m1_leaving(K.sha256, '2' * 64, 'match/d01', [(i, 'c', 1) for i in ids], [b'i%d' % i for i in range(10)],
                                 {'c': [b'i4']}, {}, 3, (1, 4), 20)
        rank = K.ranked(K.sha256, K.stage_key(K.sha256, '2' * 64, 'match/d01/subjects'), ids)
        self.assertEqual((sorted(run.assignment), left), (sorted(rank[:3]), set(rank[3:])))

    @not_exported
    def test_cap_below_the_mean(self):
        run, left = K.m1_leaving(K.sha256, '2' * 64, 'match/d01', [(b's%d' % i, 'c', 1) for i in range(10)], [b'a', b'b'],
                                 {'c': [b'a', b'b']}, {}, 2, (1, 4), 20)
        self.assertEqual((len(left), run.report['um'], run.report['u2']), (6, 2, 2))
        rank = K.ranked(K.sha256, K.stage_key(K.sha256, '2' * 64, 'match/d01/subjects'), [b's%d' % i for i in range(10)])
        self.assertEqual(left, set(rank[4:]))

    @not_exported
    def test_zip(self):
        m = Maker(mode='none')
        for prefix in ('', 'the bundle/'):
            with Folder({}) as top:
                path = os.path.join(top, 'b.zip')
                with zipfile.ZipFile(path, 'w') as z:
                    for n, data in m.files.items():
                        z.writestr(prefix + n, data)
                self.assertEqual(K.verify(path, POLICY)['verdict'], 'verified')

    @not_exported
    def test_rubbish(self):
        for files in ({}, {'plan.json': b''}, {n: b'{}' for n in Maker(mode='none').files}, {n: b'\xff' for n in Maker(mode='none').files},
                      {'commit.json': b'[' * 100000, 'certificate.json': b'[]', 'events/0001.json': b'[]'}):
            r = report_of(files)
            self.assertEqual(r['verdict'], 'contradicted')
        with Folder({'x.zip': b'PK\x03\x04 rubbish'}) as top:
            self.assertEqual(K.verify(os.path.join(top, 'x.zip'))['code'], 'bundle.files')
            self.assertEqual(K.verify(os.path.join(top, 'nothing here'))['code'], 'bundle.files')

    @not_exported
    def test_random_damage(self):
        """Flipped bytes, removed files, changed values: never a crash, never verified."""
        m = Maker(mode='subjects', events=[skip_first, substitute('subjects')])
        self.assertEqual(report_of(m.files)['verdict'], 'verified')
        rnd = random.Random(9)
        for k in range(60):
            files = dict(m.files)
            n = rnd.choice(sorted(x for x in files if files[x]))
            b = bytearray(files[n])
            b[rnd.randrange(len(b))] ^= 1 << rnd.randrange(8)
            files[n] = bytes(b)
            r = report_of(files)
            self.assertNotEqual(r['verdict'], 'verified', n)
            self.assertFalse(any('could not be computed' in c['detail'] for c in r['checks']), (n, r))

    @not_exported
    def test_random_structure(self):
        """Any value of a manifest replaced by something odd: no crash, never verified."""
        m = Maker(mode='teams', events=[skip_first, substitute('teams')])
        rnd = random.Random(10)
        odd = [0, 1, '', 'x', [], {}, True, 2 ** 53 - 1, [[]], '0' * 64, 'd01']
        for k in range(150):
            files = dict(m.files)
            n = rnd.choice(sorted(x for x in files if x.endswith('.json')))
            v = json.loads(files[n])
            spots = []

            def walk(x):
                for key in (x if isinstance(x, dict) else range(len(x))):
                    spots.append((x, key))
                    if isinstance(x[key], (dict, list)):
                        walk(x[key])
            walk(v)
            x, key = rnd.choice(spots)
            x[key] = rnd.choice([o for o in odd if o != x[key] or type(o) is not type(x[key])])
            files[n] = K.jcs(v)
            r = report_of(files)
            self.assertNotEqual(r['verdict'], 'verified', (n, key))
            self.assertFalse(any('could not be computed' in c['detail'] for c in r['checks']), (n, key, r))

    # -- one spoiled thing, one code

    def assert_code(self, files, code, policy=POLICY):
        if EXPORT:
            return export(files, policy, 'contradicted', code)
        r = report_of(files, policy)
        self.assertEqual((r['verdict'], r['code']), ('contradicted', code),
                         [(c['id'], c['detail']) for c in r['checks'] if c['holds'] != 'yes'])

    def spoiled(self, code, name, f, **more):
        with self.subTest(code=code, name=name):
            self.assert_code(Maker(change={name: f}, **more).files, code)

    def test_codes_of_files(self):
        m = Maker(mode='none')
        for n in ('proofs.json', 'close.json', 'population.tsv', 'selection.tsv'):
            files = dict(m.files)
            del files[n]
            self.assert_code(files, 'bundle.files')
        self.assert_code(dict(m.files, **{'certificate (2).json': b'{}'}), 'bundle.files')
        self.assert_code(dict(m.files, **{'close.json': m.files['close.json'] + b'\n'}), 'manifest.bytes')
        self.assert_code(dict(m.files, **{'population.tsv': m.files['population.tsv'][:-1]}), 'list.form')
        self.assert_code(dict(m.files, **{'population.tsv': m.files['population.tsv'].replace(b'\t40\n', b'\t41\n', 1)}), 'commit.lists')
        self.assert_code(dict(m.files, **{'check.py': b''}), 'software')

    def test_codes_of_commitment(self):
        def setter(**kw):
            return lambda v: dict(v, **kw)
        self.spoiled('manifest.fields', 'commit.json', setter(extra=1), mode='none')
        self.spoiled('commit.rules', 'commit.json', setter(open_at=CLOSE_BY + 1), mode='none')
        self.spoiled('commit.rules', 'commit.json', lambda v: v.pop('people') and None)
        self.spoiled('commit.rules', 'commit.json', lambda v: v['strata'][0].pop('n') and None, mode='none')
        self.spoiled('commit.rules', 'commit.json', lambda v: v['strata'][0].update(n=1), mode='none', kind='pps')
        self.spoiled('commit.rules', 'commit.json', lambda v: v['lists'][0].pop('hash') and None, mode='none')
        self.spoiled('manifest.fields', 'commit.json', lambda v: v['matching'].update(mix=1001))
        self.spoiled('manifest.fields', 'commit.json', lambda v: v['matching']['teams'].update(count=1000000))
        self.spoiled('manifest.fields', 'commit.json', lambda v: v['sources'][1].update(count=65), mode='none')
        self.spoiled('manifest.fields', 'commit.json', lambda v: v['sources'][1]['groups'][0].update(count=101), mode='none',
                     sources=('lottery', 'drand'))
        again = lambda i, **kw: lambda v: v['sources'].append(dict(v['sources'][i], **kw))
        self.spoiled('sources.rules', 'commit.json', again(2, id='again'), mode='none')
        self.spoiled('sources.rules', 'commit.json', again(1, id='again'), mode='none', sources=('lottery', 'drand'))
        self.spoiled('strata.rows', 'attributes.tsv', lambda b: b[b.index(b'\n') + 1:])
        self.spoiled('strata.rows', 'attributes.tsv', lambda b: b'0' * 48 + b'\tbase\n' + b)
        self.spoiled('strata.rows', 'conflicts.tsv', lambda b: b'0' * 48 + b'\tsomebody\n' + b)
        self.spoiled('manifest.fields', 'plan.json', setter(draws=0), mode='none')
        self.spoiled('plan.entry', 'commit.json', setter(plan={'ref': 'plan-2', 'hash': '1' * 64, 'draw_no': 1}), mode='none')
        self.spoiled('commit.rules', 'commit.json', setter(oversight='d01'), mode='none')
        self.spoiled('commit.rules', 'commit.json', setter(close_by=CLOSE_BY - 800, at=CLOSE_BY - 800), mode='none')
        self.spoiled('commit.rules', 'commit.json', lambda v: v['matching'].update(min_members=3))
        self.spoiled('commit.rules', 'commit.json', lambda v: v['demands'][0].update(strata=['food/B']))
        self.spoiled('register.partition', 'commit.json', lambda v: v['register'].update(root='1' * 64), mode='none')
        self.spoiled('register.partition', 'exclusions.tsv', lambda b: b'91330000MA0000000X\tclosed\t' + b'0' * 64 + b'\n', mode='none')
        self.spoiled('strata.rows', 'commit.json', lambda v: [s.update(rows=s['rows'] + 1) for s in v['strata']] and None, mode='none',
                     kind='coverage')
        self.spoiled('quota', 'commit.json', lambda v: v['strata'][0].update(n=v['strata'][0]['n'] + 1), mode='none')
        self.spoiled('sources.rules', 'commit.json', lambda v: v['sources'][2].update(round=1001), mode='none')
        self.spoiled('sources.rules', 'commit.json', lambda v: v['sources'][1].update(not_before=CLOSE_BY), mode='none')
        self.spoiled('sources.rules', 'commit.json', lambda v: v['sources'][1].update(faces=6, count=24), mode='none', sources=('dice',))

    def test_codes_of_close(self):
        self.spoiled('close.commit', 'close.json', lambda v: dict(v, at=CLOSE_BY + 1), mode='none')
        self.spoiled('close.files', 'close.json', lambda v: v['files'].pop() and None, mode='none')
        self.spoiled('close.files', 'close.json', lambda v: v['files'].reverse(), mode='none')
        self.spoiled('close.files', 'close.json', lambda v: v['files'][0].update(name='what is this'), mode='none')
        self.spoiled('manifest.fields', 'close.json', lambda v: v['files'][0].update(hash='1'), mode='none')
        for bad in ('o003', 'what is this', ''):
            self.spoiled('close.observers', 'close.json', lambda v: v['observers'][1].update(id=bad), mode='none')
        self.spoiled('close.observers', 'close.json', lambda v: v['observers'].reverse(), mode='none')
        self.spoiled('close.observers', 'close.json', lambda v: v['observers'][0].update(value=''), mode='none')
        self.spoiled('manifest.fields', 'close.json', lambda v: v['observers'][0].update(value=1), mode='none')
        self.spoiled('manifest.fields', 'close.json', lambda v: v['observers'][0].update(more='1'), mode='none')
        self.spoiled('close.observers', 'close.json', lambda v: v['observers'][1].update(value='1' * 64), mode='none')
        self.spoiled('close.preflight', 'short.tsv', lambda b: b'91330000MA0000000X\td01\n')
        self.spoiled('close.preflight', 'attributes.tsv', lambda b: b.replace(b'base,', b'', 1))
        self.spoiled('close.signed', 'signatures.json', lambda v: dict(v, signatures=[s for s in v['signatures'] if s['of'] != 'close']), mode='none')

    def test_codes_of_values(self):
        self.spoiled('values.order', 'certificate.json', lambda v: v['values'].reverse(), mode='none')
        self.spoiled('values.form', 'value dice', lambda v: dict(v, value='123'), mode='none')
        self.spoiled('values.form', 'certificate.json', lambda v: v['values'][0].update(round=1), mode='none')
        self.spoiled('values.form', 'certificate.json', lambda v: v['values'][1].pop('at') and None, mode='none')
        self.spoiled('manifest.fields', 'certificate.json', lambda v: v['values'][1].update(value='?'), mode='none')
        self.spoiled('values.drand', 'value drand', lambda v: dict(v, signature=SIG1003, value=hashlib.sha256(bytes.fromhex(SIG1003)).hexdigest()), mode='none')
        self.spoiled('values.drand', 'value drand', lambda v: dict(v, value='1' * 64), mode='none')
        self.spoiled('values.record', 'value dice', lambda v: dict(v, by=['p1', 'p9']), mode='none')
        self.spoiled('values.record', 'value dice', lambda v: dict(v, by=['d01', 'p1']), mode='none')
        self.spoiled('values.form', 'certificate.json', lambda v: v['values'][1].update(by=['p1', 'p2', 'p3']), mode='none')
        self.spoiled('manifest.fields', 'certificate.json', lambda v: v['values'][1].update(by=['p2', 'p1']), mode='none')
        self.spoiled('manifest.fields', 'certificate.json', lambda v: v['values'][1].update(by=['p1']), mode='none')
        for key in (Ed('d01'), Ed('d02')):              # the key of a signer, under another name
            self.assert_code(Maker(mode='none', outsider=key).files, 'values.record')
        self.assert_code(Maker(mode='none', outsider=Ed('p1')).files, 'values.record')
        self.spoiled('values.record', 'value dice', lambda v: dict(v, at=CLOSE_BY + 999), mode='none')

    def test_codes_of_certificate(self):
        self.spoiled('cert.commit', 'certificate.json', lambda v: dict(v, software='1' * 64), mode='none')
        self.spoiled('cert.commit', 'certificate.json', lambda v: dict(v, weak=True), mode='none')
        self.spoiled('cert.lists', 'certificate.json', lambda v: v['lists'][0].update(hash='1' * 64), mode='none')
        self.spoiled('cert.lists', 'certificate.json', lambda v: v['lists'][0].update(root='1' * 64), mode='none')
        self.spoiled('cert.commit', 'certificate.json', lambda v: dict(v, seed_hash='1' * 64), mode='none')
        self.spoiled('cert.commit', 'certificate.json', lambda v: v.pop('seed') and None, mode='none')
        self.spoiled('cert.commit', 'certificate.json', lambda v: v.pop('classes') and None, mode='none', kind='pps')
        self.spoiled('cert.commit', 'certificate.json', lambda v: v.pop('pair') and None)
        self.spoiled('cert.commit', 'certificate.json', lambda v: v.pop('match') and None)
        self.spoiled('cert.commit', 'certificate.json', lambda v: v['inspectors'].append({'authority': 'd01', 'rows': 1, 'n': 0}), mode='none')
        self.spoiled('manifest.fields', 'commit.json', lambda v: v['signers'][0].update(key='0' * 130), mode='none')
        self.spoiled('probabilities', 'certificate.json', lambda v: v['strata'][0].pop('cut') and None, mode='none')
        self.spoiled('probabilities', 'certificate.json', lambda v: v['strata'][0].pop('pi') and None, mode='none')
        self.spoiled('inspectors', 'certificate.json', lambda v: v['inspectors'][0].pop('cut') and None, kind='coverage')
        cut = lambda v: v['strata'][0].update(cut='1' * 64)
        self.spoiled('probabilities', 'certificate.json', cut, mode='none', kind='coverage')
        self.spoiled('probabilities', 'certificate.json', cut, mode='none', sealed=True, opened=False)
        self.spoiled('seed', 'certificate.json', lambda v: dict(v, seed='1' * 64), mode='none')
        drop = lambda b: b'\n'.join(b.split(b'\n')[:-2]) + b'\n'
        self.spoiled('selection', 'selection.tsv', drop, mode='none')
        self.spoiled('selection', 'batches.tsv', lambda b: b.replace(b'\t0\n', b'\t1\n', 1), mode='none', kind='coverage')
        self.spoiled('probabilities', 'certificate.json', lambda v: v['least_pi'].update(num='2'), mode='none')
        self.spoiled('probabilities', 'certificate.json', lambda v: v['strata'][0].update(cut='1' * 64), mode='none')
        self.spoiled('probabilities', 'certificate.json', lambda v: v['classes'][0].update(n=v['classes'][0]['n'] + 1), mode='none', kind='pps')
        self.spoiled('inspectors', 'certificate.json', lambda v: v['inspectors'][0].update(next='1' * 64))
        self.spoiled('assignment', 'assignment.tsv', lambda b: b[b.index(b'\n') + 1:])
        self.spoiled('assignment', 'assignment-d01.tsv', lambda b: b[b.index(b'\n') + 1:], mode='subjects')

        def other_team(b):
            rows = b.split(b'\n')
            rows[0] = rows[0][:-1] + (b'1' if rows[0][-1:] != b'1' else b'2')
            return b'\n'.join(rows)
        self.spoiled('match', 'assignment.tsv', other_team)
        self.spoiled('match', 'certificate.json', lambda v: v['match'][2].update(swaps=v['match'][2]['swaps'] + 1))
        self.spoiled('pair', 'certificate.json', lambda v: v['pair'].update(num='1'))

        def double(v):
            v['pair'] = {k: str(2 * int(x)) for k, x in v['pair'].items()}
        self.holds(Maker(change={'certificate.json': double}))     # compared as a fraction

    def test_codes_of_log(self):
        self.spoiled('log.proofs', 'proofs.json', lambda v: v['consistency'].reverse() or v['consistency'].append('1' * 64), mode='none')
        self.spoiled('log.proofs', 'proofs.json', lambda v: v['leaves'].pop() and None, mode='none')
        self.spoiled('log.proofs', 'certificate.json', lambda v: v['log']['close'].update(index=1), mode='none')
        self.spoiled('log.proofs', 'leaf close', lambda x: dict(x, draw='other'), mode='none')
        self.spoiled('log.order', 'leaf close', lambda x: dict(x, at=1), mode='none')
        for kw in (dict(key='0' * 130), dict(key='0' * 62), dict(value='0' * 126), dict(alg='sm2'), dict(alg='sm2', key='04' + '0' * 126)):
            self.spoiled('manifest.fields', 'signatures.json', lambda v: v['signatures'][0].update(kw), mode='none')
        self.spoiled('signatures', 'signatures.json', lambda v: [s.update(value='0' * 128) for s in v['signatures'] if s['of'] == 'cert'] and None, mode='none')
        self.spoiled('signatures', 'signatures.json', lambda v: dict(v, signatures=[s for s in v['signatures'] if s['of'] != 'cert']), mode='none')
        no_oversight = lambda v: dict(v, signatures=[s for s in v['signatures'] if (s['of'], s['by']) != ('commit', 'd02')])
        self.spoiled('signatures', 'signatures.json', no_oversight, max_conflicts=(1, 3))
        self.holds(Maker(change={'signatures.json': no_oversight}))

    def test_leaves_of_this_draw(self):
        """log.order: what the log has of this draw is in the bundle; one commitment per plan entry and draw_no."""
        of = lambda t, **kw: dict({'type': t, 'draw': 'draw-1'}, **kw)
        again = dict(authority='d01', seq=1, prev='0' * 64, plan_ref='plan-1', draw_no=1)
        cert = lambda m: of('cert', hash=m.tag('cert', m.files['certificate.json']))
        for leaf in (of('close'), of('cert'), of('event'), of('record'), of('commit', **again), of('commit', **dict(again, plan_ref='x')),
                     of('commit', **dict(again, draw='draw-2')), of('commit', **dict(again, draw='draw-2', authority='d03')), cert):
            self.assert_code(Maker(mode='none', leaves=[leaf]).files, 'log.order')
        self.assert_code(Maker(mode='none', state='closed', leaves=[of('cert')]).files, 'log.order')
        m = Maker(mode='none', events=[skip_first], leaves=[of('event')])
        self.assert_code(m.files, 'log.order')
        for leaf in (of('plan'), of('cert', draw='draw-2'), of('commit', **dict(again, draw='draw-2', draw_no=2)),
                     of('commit', **dict(again, draw='draw-2', plan_ref='plan-2'))):
            self.holds(Maker(mode='none', leaves=[leaf]))
        other = of('commit', **dict(again, draw='draw-2'))
        self.assert_code(Maker(mode='none', leaves=[other], change={'commit.json': lambda v: dict(v, supersedes='9' * 64)}).files,
                         'log.order')
        # twice the same leaf
        for t, name, tag in (('cert', 'certificate.json', 'cert'), ('close', 'close.json', 'close')):
            self.assert_code(Maker(mode='none', leaves=[lambda m: of(t, hash=m.tag(tag, m.files[name]))]).files, 'log.order')
        self.assert_code(Maker(mode='none', events=[skip_first], leaves=[
            lambda m: of('event', hash=m.tag('event', m.files['events/0001.json']))]).files, 'log.order')

    def test_age_of_leaves(self):
        """log.order: no leaf is older than what it logs, and the close's not younger than close_by."""
        one = lambda t, at, **kw: self.spoiled('log.order', 'leaf ' + t, lambda x: dict(x, at=at), **dict(dict(mode='none'), **kw))
        one('commit', CLOSE_BY - 801)
        one('close', CLOSE_BY - 301)
        one('close', CLOSE_BY + 1)
        one('record', CLOSE_BY + 1199)
        one('cert', CLOSE_BY + 1299)
        one('event', CLOSE_BY + 1400, events=[skip_first])      # the event itself: 1401
        void = lambda m: {'type': 'void', 'reason': 'cancelled', 'evidence': '4' * 64, 'at': CLOSE_BY - 100}
        one('void', CLOSE_BY - 101, state='committed', events=[void])
        for t, at in (('commit', CLOSE_BY - 800), ('close', CLOSE_BY - 300), ('close', CLOSE_BY), ('cert', CLOSE_BY + 1300),
                      ('record', CLOSE_BY + 1200), ('event', CLOSE_BY + 1401)):
            self.holds(Maker(mode='none', events=[skip_first], change={'leaf ' + t: lambda x: dict(x, at=at)}))

    def test_supersedes(self):
        old = {'type': 'commit', 'draw': 'draw-0', 'authority': 'd01', 'seq': 1, 'prev': '0' * 64, 'plan_ref': 'plan-1', 'draw_no': 1}
        void, cert = ({'type': t, 'draw': 'draw-0', 'hash': '6' * 64} for t in ('void', 'cert'))
        change = {'commit.json': lambda v: dict(v, supersedes='8' * 64)}
        for kw in (dict(), dict(seq=4)):
            kw = dict(kw, mode='none', change=change)
            self.holds(Maker(early=[old, void], **kw))
            for e, late in ((), ()), ((old,), ()), ((old,), (void,)), ((old, dict(void, draw='draw-9')), ()), ((old, dict(void, type='event')), ()), \
                    ((void,), ()):
                self.holds(Maker(early=e, leaves=late, **kw), 'indeterminate', ('log.sequence',))
            for e, late in ((old, void, cert), ()), ((old, cert), ()), ((old, void), (cert,)), ((dict(old, draw_no=2), void), ()), \
                    ((dict(old, plan_ref='plan-9'), void), ()):
                self.assert_code(Maker(early=e, leaves=late, **kw).files, 'log.sequence')
        self.holds(Maker(early=[old, void, dict(cert, draw='draw-9')], mode='none', change=change))

    def test_previous_commitment(self):
        for kw in (dict(authority='d02'), dict(seq=2), dict(seq=4)):
            self.spoiled('log.sequence', 'leaf prev', lambda x: dict(x, **kw), mode='none', seq=4)
        self.assert_code(Maker(mode='none', seq=4, late_prev=True).files, 'log.sequence')
        self.spoiled('log.proofs', 'leaf prev', lambda x: dict(x, hash='9' * 64), mode='none', seq=4)

    def test_values_files(self):
        """A values file without its event, or beside another event; its bytes and fields are judged as any."""
        value = K.jcs({'v': 'vdp1', 'event': '1' * 64, 'values': [{'id': 'fresh', 'value': '1' * 10, 'at': 1, 'by': ['p1', 'p2']}],
                       'log': {'checkpoint': '', 'index': 0, 'path': []}})
        one, none = Maker(mode='none', events=[skip_first]).files, Maker(mode='none').files
        for files, n in ((one, 1), (one, 2), (none, 1)):
            name = 'events/%04d.values.json' % n
            self.assert_code(dict(files, **{name: value}), 'events.chain')
            self.assert_code(dict(files, **{name: value + b'\n'}), 'manifest.bytes')
            self.assert_code(dict(files, **{name: b'{}'}), 'manifest.fields')

    def test_empty_arrays(self):
        def empty(*path):
            def change(v):
                for k in path[:-1]:
                    v = v[k]
                v[path[-1]] = []
            return change
        self.spoiled('manifest.fields', 'plan.json', empty('strata'), mode='none')
        self.spoiled('manifest.fields', 'plan.json', empty('design', 'ratios'), mode='none')
        self.spoiled('manifest.fields', 'plan.json', empty('design', 'mins'), mode='none', kind='total')
        self.spoiled('manifest.fields', 'certificate.json', empty('strata'), mode='none')
        for path in (('strata',), ('sources',), ('sources', 1, 'groups'), ('demands', 0, 'strata'), ('demands', 0, 'authorities'),
                     ('matching', 'teams', 'members')):
            self.spoiled('manifest.fields', 'commit.json', empty(*path), sources=('lottery', 'drand'))

    def test_names_of_lists(self):
        for name in ('population', 'Population.tsv', 'population-d1.tsv', 'population_d01.tsv', '.tsv', 'a.tsv.tsv'):
            self.spoiled('manifest.fields', 'commit.json', lambda v: v['lists'][0].update(name=name), mode='none')
        self.spoiled('manifest.fields', 'certificate.json', lambda v: v['lists'][0].update(name='selection'), mode='none')
        self.spoiled('commit.rules', 'commit.json', lambda v: v['lists'].insert(0, dict(v['lists'][0], name='a-d00.tsv')), mode='none')
        self.spoiled('commit.rules', 'commit.json', lambda v: v['lists'].pop() and None, mode='none')
        self.spoiled('commit.rules', 'commit.json', lambda v: v['lists'].__delitem__(2), demands_list=True)
        # what must be in the folder follows from the mode
        m = Maker(demands_list=True, change={'commit.json': lambda v: v['lists'].__delitem__(2)})
        del m.files['demands.tsv']
        self.assert_code(m.files, 'bundle.files')

    def test_unassigned_names(self):
        for mode, b in (('teams', b'd01'), ('subjects', b'd00'), ('subjects', b'd00,d01')):
            m = Maker(mode=mode)
            who = m.drawn[0].encode()
            self.assert_code(dict(m.files, **{'unassigned.tsv': who + b'\t' + b + b'\n'}), 'list.form')
        self.assert_code(dict(Maker(mode='none').files, **{'unassigned.tsv': b'a\td00\n'}), 'bundle.files')

    def test_no_software(self):
        r = self.holds(Maker(mode='none', software=False))
        if not EXPORT:
            self.assertNotIn('software', [c['id'] for c in r['checks']])

    def test_lists_of_a_sealed_draw(self):
        """What lies there before the opening is not read."""
        sealed = ('list.form', 'commit.lists', 'register.partition', 'strata.rows', 'cert.lists', 'seed', 'selection', 'probabilities')
        m = Maker(sealed=True, opened=False, mode='none')
        m.files.update({'population.tsv': b'rubbish', 'selection.tsv': b''})
        self.holds(m, 'indeterminate', sealed, level='L1')
        for name, f in (('strata', 'probabilities'), ('classes', 'probabilities'), ('inspectors', 'inspectors')):
            for k in ('cut', 'next'):
                self.spoiled(f, 'certificate.json', lambda v: v[name][0].update({k: '1' * 64}), sealed=True, opened=False, kind='pps',
                             level='L1')
        # a wrong secret: no salted list is judged
        wrong = {'events/0001.json': lambda v: v['secrets'][1].update(value='1' * 64)}
        for mode in ('none', 'teams'):
            m = Maker(sealed=True, mode=mode, change=wrong)
            self.assert_code(m.files, 'values.secret')
            self.assert_code(dict(m.files, **{'selection.tsv': b''}), 'values.secret')
            if not EXPORT:
                holds = {c['id']: c['holds'] for c in report_of(m.files)['checks']}
                self.assertEqual({holds[n] for n in sealed if n not in ('list.form', 'strata.rows')}, {'unknown'})
                self.assertEqual(holds['strata.rows'], 'yes')
                two = report_of(dict(m.files, **{'exclusions.tsv': m.files['population.tsv'][:18] + b'\tclosed\t' + b'1' * 64 + b'\n'}))
                self.assertEqual(two['code'], 'register.partition')
        # rows that are not the committed ones show in the files themselves
        swap = {'population.tsv': lambda b: b.replace(b'\tfire/A\t', b'\tfood/B\t', 1)}
        m, other = Maker(sealed=True, mode='none', change=wrong), Maker(sealed=True, mode='none', change=swap)
        self.assert_code(dict(m.files, **{'population.tsv': other.files['population.tsv']}), 'strata.rows')

    def test_witnesses_of_both(self):
        """A quorum of witnesses each of whom cosigned both checkpoints."""
        def without(n):
            return lambda text: '\n'.join(x for k, x in enumerate(text.split('\n')) if k != 4 + n)
        two = dict(POLICY, quorum=2, faults=0)
        self.holds(Maker(mode='none', change={'checkpoint1': without(1), 'checkpoint2': without(1)}), policy=two)
        self.holds(Maker(mode='none', change={'checkpoint1': without(1), 'checkpoint2': without(2)}), 'indeterminate',
                   ('freshness',), policy=two)

    def test_codes_of_opening(self):
        self.spoiled('values.secret', 'events/0001.json', lambda v: v['secrets'][0].update(value='1' * 64), sealed=True, mode='none')
        self.spoiled('events.rules', 'commit.json', lambda v: dict(v, open_at=CLOSE_BY + 8000), sealed=True, mode='none')
        opened = {'type': 'open', 'secrets': [{'id': 'srv1', 'value': hashlib.sha256(b's1').hexdigest()},
                                              {'id': 'srv2', 'value': hashlib.sha256(b's2').hexdigest()}]}
        self.assert_code(Maker(sealed=True, mode='none', events=[opened]).files, 'events.rules')
        m = Maker(mode='none', events=[opened])         # an opening of what is not sealed
        self.assert_code(m.files, 'events.rules')
        if not EXPORT:
            self.assertNotIn('values.secret', [c['id'] for c in report_of(m.files)['checks']])

    @not_exported
    def test_command_line(self):
        with Folder(Maker(mode='none').files) as top, Folder({'policy of mine.json': json.dumps(POLICY).encode()}) as mine:
            run = lambda *a: subprocess.run([sys.executable, os.path.join(HERE, 'check.py'), top] + list(a), capture_output=True)
            r = run('--json')
            self.assertEqual(r.returncode, 2)
            j = json.loads(r.stdout.decode())
            self.assertEqual((j['verdict'], j['code']), ('indeterminate', None))
            policy = os.path.join(mine, 'policy of mine.json')
            for lang, word in (('en', 'VERIFIED'), ('zh', '核验通过')):
                r = run('--policy', policy, '--lang', lang)
                self.assertEqual(r.returncode, 0, r.stdout)
                self.assertIn(word, r.stdout.decode())
            os.remove(os.path.join(top, 'plan.json'))
            self.assertEqual(run().returncode, 1)


class Example(unittest.TestCase):
    """The example of the specification, made by the main implementation."""

    def test_example(self):
        top = os.path.join(HERE, '..', 'spec', 'example')
        if not os.path.isdir(top):
            raise unittest.SkipTest('draw/spec/example is not there yet')
        r = K.verify(top)
        self.assertIsNone(r['code'], [c for c in r['checks'] if c['holds'] == 'no'])
        with open(os.path.join(top, '..', 'example-policy.json'), 'rb') as f:
            self.assertEqual(K.verify(top, json.load(f))['verdict'], 'verified')


class VerifySh(unittest.TestCase):

    def run_sh(self, files):
        with Folder(files) as top:
            tmp = tempfile.mkdtemp(prefix='vdp sh ')
            try:
                r = subprocess.run(['bash', os.path.join(HERE, 'verify.sh'), top], capture_output=True, env=dict(os.environ, TMPDIR=tmp))
                self.assertEqual(os.listdir(tmp), [], 'left something behind')
            finally:
                shutil.rmtree(tmp)
            return r.returncode, r.stdout.decode(), r.stderr.decode()

    def test_holds(self):
        for more in ({}, {'mode': 'none', 'sources': ('dice',)}, {'mode': 'subjects', 'level': 'L1'}, {'kind': 'pps', 'mode': 'none'},
                     {'kind': 'coverage', 'mode': 'none'}, {'sealed': True, 'opened': False, 'level': 'L1'}, {'sealed': True},
                     {'state': 'committed'}, {'state': 'closed'}, {'events': [skip_first]}, {'alg': 'sm3', 'mode': 'none'},
                     {'mode': 'none', 'size': 1500}):
            with self.subTest(**more):
                code, out, err = self.run_sh(Maker(**more).files)
                self.assertEqual((code, err), (2, ''), out)
                self.assertIn('NOT checked', out)

    def test_contradicted(self):
        m = Maker(mode='none')
        for code, name, f in (
                ('bundle.files', 'close.json', None), ('commit.lists', 'population.tsv', lambda b: b.replace(b'\t40\n', b'\t41\n', 1)),
                ('plan.entry', 'plan.json', lambda b: b.replace(b'"draws":3', b'"draws":4')),
                ('cert.commit', 'close.json', lambda b: b.replace(b'20260101', b'20260102')),
                ('seed', 'certificate.json', lambda b: b.replace(b'3141592653589793238462643', b'3141592653589793238462644')),
                ('cert.lists', 'selection.tsv', lambda b: b[b.index(b'\n') + 1:])):
            with self.subTest(code=code):
                files = dict(m.files)
                if f is None:
                    del files[name]
                else:
                    files[name] = f(files[name])
                    self.assertNotEqual(files[name], m.files[name])
                rc, out, err = self.run_sh(files)
                self.assertEqual((rc, err), (1, ''), out)
                self.assertIn(code, [x.split()[1] for x in out.splitlines() if x.startswith('no ')])
        drop = lambda b: b'\n'.join(b.split(b'\n')[:-2]) + b'\n'
        rc, out, err = self.run_sh(Maker(mode='none', change={'selection.tsv': drop}).files)
        self.assertEqual(([x.split()[1] for x in out.splitlines() if x.startswith('no ')], rc), (['selection'], 1))
        for f in (lambda v: v.pop('seed') and None, lambda v: dict(v, seed_hash='1' * 64)):
            rc, out, err = self.run_sh(Maker(mode='none', change={'certificate.json': f}).files)
            self.assertEqual(([x.split()[1] for x in out.splitlines() if x.startswith('no ')], rc), (['cert.commit'], 1), out)
        wrong = {'events/0001.json': lambda v: v['secrets'][1].update(value='1' * 64)}
        for n in ('x.json', 'sub/plan.json', 'a b.TSV', 'a\nb.sh', 'page.Htm', 'assignment.tsv', 'short.tsv', 'events/1.json'):
            rc, out, err = self.run_sh(dict(m.files, **{n: b''}))
            self.assertEqual(([x.split()[1] for x in out.splitlines() if x.startswith('no ')], rc, err), (['bundle.files'], 1, ''), n)
        rc, out, err = self.run_sh(dict(m.files, **{'README.md': b'', 'a.txt': b'', '-n': b''}))
        self.assertEqual((rc, err), (2, ''), out)
        rc, out, err = self.run_sh(dict(Maker(sealed=True, mode='none', change=wrong).files, **{'population.tsv': b''}))
        self.assertEqual(([x.split()[1] for x in out.splitlines() if x.startswith('no ')], rc), (['values.secret', 'strata.rows'], 1), out)
        rc, out, err = self.run_sh(dict(Maker(sealed=True, mode='none', change=wrong).files, **{'selection.tsv': b''}))
        self.assertEqual(([x.split()[1] for x in out.splitlines() if x.startswith('no ')], rc), (['values.secret'], 1), out)
        rc, out, err = self.run_sh(dict(Maker(sealed=True, mode='none', opened=False).files, **{'population.tsv': b'x'}))
        self.assertEqual(rc, 2, out)
        for n in ('demands.tsv', 'assignment-d02.tsv', 'short.tsv', 'people.json'):
            files = dict(Maker(mode='subjects', demands_list=True).files)
            del files[n]
            rc, out, err = self.run_sh(files)
            self.assertEqual(([x.split()[1] for x in out.splitlines() if x.startswith('no ')], rc), (['bundle.files'], 1), out)
        rc, out, err = self.run_sh(Maker(mode='none', change={'commit.json': lambda v: v['strata'][0].update(n=7)}).files)
        self.assertIn('quota', [x.split()[1] for x in out.splitlines() if x.startswith('no ')])


if __name__ == '__main__':
    if sys.argv[1:2] == ['--export']:                   # check_test.py --export FOLDER
        EXPORT = sys.argv[2]
        os.makedirs(EXPORT, exist_ok=True)
        if os.listdir(EXPORT):
            sys.exit('%s is not empty' % EXPORT)
        done = unittest.main(argv=sys.argv[:1] + ['Bundles'], exit=False).result.wasSuccessful()
        with open(os.path.join(EXPORT, 'index.json'), 'w') as f:
            json.dump(EXPORTED, f, indent=1)
        sys.exit(not done)
    unittest.main()
