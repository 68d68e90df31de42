#!/usr/bin/env python3
# -*- coding: utf-8 -*-
"""check.py - an independent verifier of VDP/1 bundles.

Written from draw-v1.md alone; it shares no code with the implementation that makes the bundles.
Python 3.9 or later, standard library only, one file.

    python3 check.py BUNDLE [--policy policy.json] [--json] [--lang zh|en]

BUNDLE is a folder or a zip of it. Every check of section 10 is run in order. Each ends as yes, no or
unknown; the verdict is verified (exit 0), contradicted (exit 1) or indeterminate (exit 2).

Numbers in brackets such as [2.7] are sections of the specification.
"""
import argparse
import base64
import bisect
import collections
import hashlib
import json
import math
import operator
import os
import re
import struct
import sys
import unicodedata
import zipfile

MAX_INT = 2 ** 53 - 1
MAX_DEPTH = 16
MAX_FILE = 1 << 31                      # a file above 2 GiB is not read
MAX_PROPOSALS = 10 ** 9                 # a matching with more is not recomputed (unknown)
ZERO64 = '0' * 64


class No(Exception):
    """The claim of a check does not hold."""


class Unknown(Exception):
    """The claim cannot be looked at, or rests on something that failed."""


class Skip(Exception):
    """The check does not apply to this bundle."""


class Bad(ValueError):
    """Bytes that are not what they should be (used below the level of checks)."""


# --------------------------------------------------------------------------- hashes [2.1, 2.2]

class Sm3(object):
    """SM3 (GB/T 32905) in pure Python, with the interface of a hashlib object. Slow; used only where
    OpenSSL has no SM3."""

    block_size = 64
    digest_size = 32
    _iv = (0x7380166f, 0x4914b2b9, 0x172442d7, 0xda8a0600, 0xa96f30bc, 0x163138aa, 0xe38dee4d, 0xb0fb0e4e)

    def __init__(self, data=b''):
        self._v, self._buf, self._n = self._iv, b'', 0
        self.update(data)

    def update(self, data):
        self._n += len(data)
        buf = self._buf + bytes(data)
        end = len(buf) // 64 * 64
        for i in range(0, end, 64):
            self._v = self._compress(self._v, buf[i:i + 64])
        self._buf = buf[end:]

    def digest(self):
        pad = b'\x80' + b'\0' * ((55 - self._n) % 64) + struct.pack('>Q', self._n * 8)
        v, buf = self._v, self._buf + pad
        for i in range(0, len(buf), 64):
            v = self._compress(v, buf[i:i + 64])
        return struct.pack('>8I', *v)

    def hexdigest(self):
        return self.digest().hex()

    @staticmethod
    def _compress(v, block):
        m32 = 0xffffffff

        def rol(x, n):
            n %= 32
            return ((x << n) | (x >> (32 - n))) & m32

        w = list(struct.unpack('>16I', block))
        for j in range(16, 68):
            x = w[j - 16] ^ w[j - 9] ^ rol(w[j - 3], 15)
            w.append(x ^ rol(x, 15) ^ rol(x, 23) ^ rol(w[j - 13], 7) ^ w[j - 6])
        a, b, c, d, e, f, g, h = v
        for j in range(64):
            t = 0x79cc4519 if j < 16 else 0x7a879d8a
            ss1 = rol((rol(a, 12) + e + rol(t, j)) & m32, 7)
            ss2 = ss1 ^ rol(a, 12)
            ff = a ^ b ^ c if j < 16 else (a & b) | (a & c) | (b & c)
            gg = e ^ f ^ g if j < 16 else (e & f) | (~e & m32 & g)
            tt1 = (ff + d + ss2 + (w[j] ^ w[j + 4])) & m32
            tt2 = (gg + h + ss1 + w[j]) & m32
            a, b, c, d = tt1, a, rol(b, 9), c
            e, f, g, h = tt2 ^ rol(tt2, 9) ^ rol(tt2, 17), e, rol(f, 19), g
        return tuple(x ^ y for x, y in zip(v, (a, b, c, d, e, f, g, h)))


def _openssl_sm3(data=b''):
    return hashlib.new('sm3', data)


try:
    sm3 = _openssl_sm3 if _openssl_sm3(b'abc').hexdigest()[:8] == '66c7f0f4' else Sm3
except ValueError:
    sm3 = Sm3

sha256 = hashlib.sha256
HASHES = {'sha256': sha256, 'sm3': sm3}


def tag(h, t, s):
    """tag(t, s) = H("vdp1:" t LF s), as 64 hex characters [2.2]. h is one of HASHES' values."""
    if isinstance(s, str):
        s = s.encode('utf-8')
    return h(b'vdp1:' + t.encode('ascii') + b'\n' + s).hexdigest()


def stage_key(h, seed, stage):
    """K(stage) as hex bytes, ready to be hashed in front of something [4]."""
    return tag(h, 'key', seed + '\n' + stage).encode('ascii')


def tickets(h, key, ids):
    """The tickets (raw 32 bytes; the same order as their hex) of ids (bytes) under a stage key."""
    return [h(key + i).digest() for i in ids]


def ranked(h, key, ids):
    """ids by (ticket, id)."""
    ids = list(ids)
    return [i for _, i in sorted(zip(tickets(h, key, ids), ids))]


def uniform(h, key, x):
    """U(st, X) [4]."""
    limit = 2 ** 256 // x * x
    j = 0
    while True:
        v = int.from_bytes(h(key + b'/' + str(j).encode()).digest(), 'big')
        if v < limit:
            return v % x
        j += 1


class Stream(object):
    """stream(st) [4]: 32-bit words; below(n) refuses the uneven rest."""

    def __init__(self, h, key):
        self.words = self._words(h, key)

    @staticmethod
    def _words(h, key):
        unpack = struct.Struct('>8I').unpack
        key += b'/'
        j = 0
        while True:
            for w in unpack(h(key + b'%d' % j).digest()):
                yield w
            j += 1

    def below(self, n):
        limit = 2 ** 32 - 2 ** 32 % n
        while True:
            x = next(self.words)
            if x < limit:
                return x % n


# --------------------------------------------------------------------------- JCS [2.3]

KEY_RE = re.compile(r'[a-z][a-z0-9_]*')


def _walk(v, depth):
    """The strict profile, on a parsed value."""
    if isinstance(v, str):
        try:
            v.encode('utf-8')
        except UnicodeEncodeError:
            raise Bad('a string is not well-formed Unicode')
        if unicodedata.normalize('NFC', v) != v:
            raise Bad('a string is not in NFC')
    elif isinstance(v, bool):
        pass
    elif isinstance(v, int):
        if not 0 <= v <= MAX_INT:
            raise Bad('an integer is out of range')
    elif isinstance(v, (list, dict)):
        if depth >= MAX_DEPTH:
            raise Bad('nested deeper than %d' % MAX_DEPTH)
        if isinstance(v, dict):
            for k in v:
                if not KEY_RE.fullmatch(k):
                    raise Bad('a key is not [a-z][a-z0-9_]*')
            v = v.values()
        for x in v:
            _walk(x, depth + 1)
    else:
        raise Bad('a value is neither object, array, string, boolean nor integer')


def jcs(v):
    """JCS (RFC 8785) of a value of the strict profile, as bytes. Keys are ASCII, so their order by
    UTF-16 units is that of Python."""
    _walk(v, 0)
    return json.dumps(v, sort_keys=True, ensure_ascii=False, separators=(',', ':')).encode('utf-8')


def parse_jcs(data):
    """Parse bytes that must be strict JCS; raises Bad."""
    def pairs(items):
        d = dict(items)
        if len(d) != len(items):
            raise Bad('a key stands twice')
        return d

    def number(s):
        if not re.fullmatch(r'0|[1-9][0-9]{0,15}', s):
            raise Bad('a number is not an integer 0..2^53-1')
        return int(s)

    def refuse(s):
        raise Bad('a number is not an integer 0..2^53-1')

    try:
        v = json.loads(data.decode('utf-8'), object_pairs_hook=pairs, parse_int=number, parse_float=refuse, parse_constant=refuse)
    except Bad:
        raise
    except (ValueError, RecursionError) as e:
        raise Bad('not JSON: %s' % type(e).__name__)
    if jcs(v) != data:
        raise Bad('not in canonical form (JCS)')
    return v


# --------------------------------------------------------------------------- trees [2.7]

def tree_root(h, leaves):
    """The RFC 6962 root of a list of leaf hashes (raw)."""
    if not leaves:
        return h(b'').digest()
    level = leaves
    while len(level) > 1:
        it = iter(level)
        up = [h(b'\x01' + a + b).digest() for a, b in zip(it, it)]
        if len(level) % 2:
            up.append(level[-1])
        level = up
    return level[0]


def lines_root(h, lines):
    """The root over lines, hex."""
    return tree_root(h, [h(b'\0' + x).digest() for x in lines]).hex()


def salted_root(h, secret, name, lines, firsts):
    """The salted root of the list of this name, hex; firsts is column 1 of each line."""
    key = tag(h, 'key', secret + '\nsalt/' + name).encode('ascii')
    return tree_root(h, sorted(h(b'\0' + h(key + f).digest() + x).digest() for x, f in zip(lines, firsts))).hex()


def path_root(index, size, leaf, path):
    """The root that an inclusion proof leads to (RFC 9162, 2.1.3.2), SHA-256, raw; raises Bad."""
    if index >= size:
        raise Bad('index outside of the tree')
    fn, sn, r = index, size - 1, leaf
    for p in path:
        if sn == 0:
            raise Bad('inclusion proof too long')
        if fn & 1 or fn == sn:
            r = sha256(b'\x01' + p + r).digest()
            while fn and not fn & 1:
                fn >>= 1
                sn >>= 1
        else:
            r = sha256(b'\x01' + r + p).digest()
        fn >>= 1
        sn >>= 1
    if sn:
        raise Bad('inclusion proof too short')
    return r


def check_consistency(first, root1, second, root2, path):
    """RFC 9162, 2.1.4.2; raises Bad."""
    if first > second:
        raise Bad('the second tree is smaller')
    if first == second:
        if root1 != root2:
            raise Bad('two roots at the same size')
        if path:
            raise Bad('consistency proof not empty')
        return
    if first == 0:
        if path:
            raise Bad('consistency proof not empty')
        return
    path = list(path)
    if first & (first - 1) == 0:
        path.insert(0, root1)
    if not path:
        raise Bad('no consistency proof')
    fn, sn = first - 1, second - 1
    while fn & 1:
        fn >>= 1
        sn >>= 1
    fr = sr = path[0]
    for c in path[1:]:
        if sn == 0:
            raise Bad('consistency proof too long')
        if fn & 1 or fn == sn:
            fr = sha256(b'\x01' + c + fr).digest()
            sr = sha256(b'\x01' + c + sr).digest()
            while fn and not fn & 1:
                fn >>= 1
                sn >>= 1
        else:
            sr = sha256(b'\x01' + sr + c).digest()
        fn >>= 1
        sn >>= 1
    if sn or fr != root1 or sr != root2:
        raise Bad('consistency proof does not hold')


# --------------------------------------------------------------------------- Ed25519 (RFC 8032)

ED_P = 2 ** 255 - 19
ED_L = 2 ** 252 + 27742317777372353535851937790883648493
ED_D = -121665 * pow(121666, -1, ED_P) % ED_P
ED_I = pow(2, (ED_P - 1) // 4, ED_P)


def _ed_add(a, b):
    p = ED_P
    x1, y1, z1, t1 = a
    x2, y2, z2, t2 = b
    e1 = (y1 - x1) * (y2 - x2) % p
    e2 = (y1 + x1) * (y2 + x2) % p
    c = 2 * t1 * t2 * ED_D % p
    d = 2 * z1 * z2 % p
    e, f, g, h = e2 - e1, d - c, d + c, e2 + e1
    return e * f % p, g * h % p, f * g % p, e * h % p


def _ed_mul(k, pt):
    acc = (0, 1, 1, 0)
    for bit in bin(k)[2:]:
        acc = _ed_add(acc, acc)
        if bit == '1':
            acc = _ed_add(acc, pt)
    return acc


def _ed_decode(b):
    y = int.from_bytes(b, 'little')
    sign, y = y >> 255, y & (2 ** 255 - 1)
    if y >= ED_P:
        return None
    x2 = (y * y - 1) * pow(ED_D * y * y + 1, -1, ED_P) % ED_P
    x = pow(x2, (ED_P + 3) // 8, ED_P)
    if x * x % ED_P != x2:
        x = x * ED_I % ED_P
    if x * x % ED_P != x2 or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = ED_P - x
    return x, y, 1, x * y % ED_P


ED_B = _ed_decode((4 * pow(5, -1, ED_P) % ED_P).to_bytes(32, 'little'))


def ed25519_verify(key, msg, sig):
    """RFC 8032, 5.1.7, with canonical encodings only, no key of small order, [8][S]B = [8]R + [8][k]A."""
    if len(key) != 32 or len(sig) != 64:
        return False
    a, r = _ed_decode(key), _ed_decode(sig[:32])
    s = int.from_bytes(sig[32:], 'little')
    if a is None or r is None or s >= ED_L or _ed_mul(8, a)[0] == 0:
        return False
    k = int.from_bytes(hashlib.sha512(sig[:32] + key + msg).digest(), 'little') % ED_L
    left, right = _ed_mul(8 * s, ED_B), _ed_mul(8, _ed_add(r, _ed_mul(k, a)))
    return ((left[0] * right[2] - right[0] * left[2]) % ED_P == 0 and
            (left[1] * right[2] - right[1] * left[2]) % ED_P == 0)


# --------------------------------------------------------------------------- SM2 (GB/T 32918.2)

SM2_P = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFFF00000000FFFFFFFFFFFFFFFF
SM2_A = SM2_P - 3
SM2_B = 0x28E9FA9E9D9F5E344D5A9E4BCF6509A7F39789F515AB8F92DDBCBD414D940E93
SM2_N = 0xFFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123
SM2_G = (0x32C4AE2C1F1981195F9904466A39C9948FE30BBFF2660BE1715A4589334C74C7,
         0xBC3736A2F4F6779C59BDCEE36B692153D0A9877CC62A474002DF32E52139F0A0)


def _sm2_add(a, b):
    """Jacobian addition; None is the point at infinity."""
    p = SM2_P
    if a is None:
        return b
    if b is None:
        return a
    x1, y1, z1 = a
    x2, y2, z2 = b
    u1, u2 = x1 * z2 * z2 % p, x2 * z1 * z1 % p
    s1, s2 = y1 * z2 ** 3 % p, y2 * z1 ** 3 % p
    if u1 == u2:
        if s1 != s2 or y1 == 0:
            return None
        m = (3 * x1 * x1 + SM2_A * z1 ** 4) % p
        s = 4 * x1 * y1 * y1 % p
        x3 = (m * m - 2 * s) % p
        return x3, (m * (s - x3) - 8 * y1 ** 4) % p, 2 * y1 * z1 % p
    h, r = u2 - u1, s2 - s1
    x3 = (r * r - h ** 3 - 2 * u1 * h * h) % p
    return x3, (r * (u1 * h * h - x3) - s1 * h ** 3) % p, h * z1 * z2 % p


def _sm2_mul(k, pt):
    acc = None
    for bit in bin(k)[2:]:
        acc = _sm2_add(acc, acc)
        if bit == '1':
            acc = _sm2_add(acc, pt)
    return acc


def sm2_verify(key, msg, sig, user=b'1234567812345678'):
    """key 04||x||y, sig r||s; SM3 with the user id."""
    if len(key) != 65 or key[0] != 4 or len(sig) != 64:
        return False
    x, y = int.from_bytes(key[1:33], 'big'), int.from_bytes(key[33:], 'big')
    r, s = int.from_bytes(sig[:32], 'big'), int.from_bytes(sig[32:], 'big')
    if x >= SM2_P or y >= SM2_P or (y * y - x * x * x - SM2_A * x - SM2_B) % SM2_P:
        return False
    if not (1 <= r < SM2_N and 1 <= s < SM2_N):
        return False
    z = sm3(struct.pack('>H', 8 * len(user)) + user +
            b''.join(v.to_bytes(32, 'big') for v in (SM2_A, SM2_B) + SM2_G) + key[1:]).digest()
    e = int.from_bytes(sm3(z + msg).digest(), 'big')
    t = (r + s) % SM2_N
    if t == 0:
        return False
    pt = _sm2_add(_sm2_mul(s, SM2_G + (1,)), _sm2_mul(t, (x, y, 1)))
    if pt is None or pt[2] == 0:
        return False
    x1 = pt[0] * pow(pt[2] * pt[2], -1, SM2_P) % SM2_P
    return (e + x1) % SM2_N == r


def signature_holds(alg, key, msg, sig):
    """key and sig in hex."""
    try:
        key, sig = bytes.fromhex(key), bytes.fromhex(sig)
    except ValueError:
        return False
    return {'ed25519': ed25519_verify, 'sm2': sm2_verify}[alg](key, msg, sig)


# --------------------------------------------------------------------------- drand quicknet (BLS12-381)

BLS_P = 0x1a0111ea397fe69a4b1ba7b6434bacd764774b84f38512bf6730d2a0f6b0f6241eabfffeb153ffffb9feffffffffaaab
BLS_R = 0x73eda753299d7d483339d80809a1d80553bda402fffe5bfeffffffff00000001
BLS_X = 0xd201000000010000                      # |x|; the parameter itself is negative
BLS_G2 = ((0x024aa2b2f08f0a91260805272dc51051c6e47ad4fa403b02b4510b647ae3d1770bac0326a805bbefd48056c8c121bdb8,
           0x13e02b6052719f607dacd3a088274f65596bd0d09920b61ab5da61bbdc7f5049334cf11213945d57e5ac7d055d042b7e),
          (0x0ce5d527727d6e118cc9cdc6da2e351aadfd9baa8cbdd3a76d429a695160d12c923ac9cc3baca289e193548608b82801,
           0x0606c4a02ea734cc32acd2b02bc28b99cb3e287e85a763af267492ab572e99ab3f370d275cec1da1aaa9075ff05f79be))
SSWU_A = 0x144698a3b8e9433d693a02c96d4982b0ea985383ee66a8d8e8981aefd881ac98936f8da0e0f97f5cf428082d584c1d
SSWU_B = 0x12e2908d11688030018b12e8753eee3b2016c1f0f24f4070a0b9c14fcef35ef55a23215a316ceaa5d1cc48e98e172be0
SSWU_Z = 11
# the 11-isogeny of RFC 9380, appendix E.2: x numerator, x denominator, y numerator, y denominator,
# coefficients ascending
ISO11 = (
    (0x11a05f2b1e833340b809101dd99815856b303e88a2d7005ff2627b56cdb4e2c85610c2d5f2e62d6eaeac1662734649b7,
     0x17294ed3e943ab2f0588bab22147a81c7c17e75b2f6a8417f565e33c70d1e86b4838f2a6f318c356e834eef1b3cb83bb,
     0xd54005db97678ec1d1048c5d10a9a1bce032473295983e56878e501ec68e25c958c3e3d2a09729fe0179f9dac9edcb0,
     0x1778e7166fcc6db74e0609d307e55412d7f5e4656a8dbf25f1b33289f1b330835336e25ce3107193c5b388641d9b6861,
     0xe99726a3199f4436642b4b3e4118e5499db995a1257fb3f086eeb65982fac18985a286f301e77c451154ce9ac8895d9,
     0x1630c3250d7313ff01d1201bf7a74ab5db3cb17dd952799b9ed3ab9097e68f90a0870d2dcae73d19cd13c1c66f652983,
     0xd6ed6553fe44d296a3726c38ae652bfb11586264f0f8ce19008e218f9c86b2a8da25128c1052ecaddd7f225a139ed84,
     0x17b81e7701abdbe2e8743884d1117e53356de5ab275b4db1a682c62ef0f2753339b7c8f8c8f475af9ccb5618e3f0c88e,
     0x80d3cf1f9a78fc47b90b33563be990dc43b756ce79f5574a2c596c928c5d1de4fa295f296b74e956d71986a8497e317,
     0x169b1f8e1bcfa7c42e0c37515d138f22dd2ecb803a0c5c99676314baf4bb1b7fa3190b2edc0327797f241067be390c9e,
     0x10321da079ce07e272d8ec09d2565b0dfa7dccdde6787f96d50af36003b14866f69b771f8c285decca67df3f1605fb7b,
     0x6e08c248e260e70bd1e962381edee3d31d79d7e22c837bc23c0bf1bc24c6b68c24b1b80b64d391fa9c8ba2e8ba2d229),
    (0x8ca8d548cff19ae18b2e62f4bd3fa6f01d5ef4ba35b48ba9c9588617fc8ac62b558d681be343df8993cf9fa40d21b1c,
     0x12561a5deb559c4348b4711298e536367041e8ca0cf0800c0126c2588c48bf5713daa8846cb026e9e5c8276ec82b3bff,
     0xb2962fe57a3225e8137e629bff2991f6f89416f5a718cd1fca64e00b11aceacd6a3d0967c94fedcfcc239ba5cb83e19,
     0x3425581a58ae2fec83aafef7c40eb545b08243f16b1655154cca8abc28d6fd04976d5243eecf5c4130de8938dc62cd8,
     0x13a8e162022914a80a6f1d5f43e7a07dffdfc759a12062bb8d6b44e833b306da9bd29ba81f35781d539d395b3532a21e,
     0xe7355f8e4e667b955390f7f0506c6e9395735e9ce9cad4d0a43bcef24b8982f7400d24bc4228f11c02df9a29f6304a5,
     0x772caacf16936190f3e0c63e0596721570f5799af53a1894e2e073062aede9cea73b3538f0de06cec2574496ee84a3a,
     0x14a7ac2a9d64a8b230b3f5b074cf01996e7f63c21bca68a81996e1cdf9822c580fa5b9489d11e2d311f7d99bbdcc5a5e,
     0xa10ecf6ada54f825e920b3dafc7a3cce07f8d1d7161366b74100da67f39883503826692abba43704776ec3a79a1d641,
     0x95fc13ab9e92ad4476d6e3eb3a56680f682b4ee96f7d03776df533978f31c1593174e4b4b7865002d6384d168ecdd0a,
     0x1),
    (0x90d97c81ba24ee0259d1f094980dcfa11ad138e48a869522b52af6c956543d3cd0c7aee9b3ba3c2be9845719707bb33,
     0x134996a104ee5811d51036d776fb46831223e96c254f383d0f906343eb67ad34d6c56711962fa8bfe097e75a2e41c696,
     0xcc786baa966e66f4a384c86a3b49942552e2d658a31ce2c344be4b91400da7d26d521628b00523b8dfe240c72de1f6,
     0x1f86376e8981c217898751ad8746757d42aa7b90eeb791c09e4a3ec03251cf9de405aba9ec61deca6355c77b0e5f4cb,
     0x8cc03fdefe0ff135caf4fe2a21529c4195536fbe3ce50b879833fd221351adc2ee7f8dc099040a841b6daecf2e8fedb,
     0x16603fca40634b6a2211e11db8f0a6a074a7d0d4afadb7bd76505c3d3ad5544e203f6326c95a807299b23ab13633a5f0,
     0x4ab0b9bcfac1bbcb2c977d027796b3ce75bb8ca2be184cb5231413c4d634f3747a87ac2460f415ec961f8855fe9d6f2,
     0x987c8d5333ab86fde9926bd2ca6c674170a05bfe3bdd81ffd038da6c26c842642f64550fedfe935a15e4ca31870fb29,
     0x9fc4018bd96684be88c9e221e4da1bb8f3abd16679dc26c1e8b6e6a1f20cabe69d65201c78607a360370e577bdba587,
     0xe1bba7a1186bdb5223abde7ada14a23c42a0ca7915af6fe06985e7ed1e4d43b9b3f7055dd4eba6f2bafaaebca731c30,
     0x19713e47937cd1be0dfd0b8f1d43fb93cd2fcbcb6caf493fd1183e416389e61031bf3a5cce3fbafce813711ad011c132,
     0x18b46a908f36f6deb918c143fed2edcc523559b8aaf0c2462e6bfe7f911f643249d9cdf41b44d606ce07c8a4d0074d8e,
     0xb182cac101b9399d155096004f53f447aa7b12a3426b08ec02710e807b4633f06c851c1919211f20d4c04f00b971ef8,
     0x245a394ad1eca9b72fc00ae7be315dc757b3b080d4c158013e6632d3c40659cc6cf90ad1c232a6442d9d3f5db980133,
     0x5c129645e44cf1102a159f748c4a3fc5e673d81d7e86568d9ab0f5d396a7ce46ba1049b6579afb7866b1e715475224b,
     0x15e6be4e990f03ce4ea50b3b42df2eb5cb181d8f84965a3957add4fa95af01b2b665027efec01c7704b456be69c8b604),
    (0x16112c4c3a9c98b252181140fad0eae9601a6de578980be6eec3232b5be72e7a07f3688ef60c206d01479253b03663c1,
     0x1962d75c2381201e1a0cbd6c43c348b885c84ff731c4d59ca4a10356f453e01f78a4260763529e3532f6102c2e49a03d,
     0x58df3306640da276faaae7d6e8eb15778c4855551ae7f310c35a5dd279cd2eca6757cd636f96f891e2538b53dbf67f2,
     0x16b7d288798e5395f20d23bf89edb4d1d115c5dbddbcd30e123da489e726af41727364f2c28297ada8d26d98445f5416,
     0xbe0e079545f43e4b00cc912f8228ddcc6d19c9f0f69bbb0542eda0fc9dec916a20b15dc0fd2ededda39142311a5001d,
     0x8d9e5297186db2d9fb266eaac783182b70152c65550d881c5ecd87b6f0f5a6449f38db9dfa9cce202c6477faaf9b7ac,
     0x166007c08a99db2fc3ba8734ace9824b5eecfdfa8d0cf8ef5dd365bc400a0051d5fa9c01a58b1fb93d1a1399126a775c,
     0x16a3ef08be3ea7ea03bcddfabba6ff6ee5a4375efa1f4fd7feb34fd206357132b920f5b00801dee460ee415a15812ed9,
     0x1866c8ed336c61231a1be54fd1d74cc4f9fb0ce4c6af5920abc5750c4bf39b4852cfe2f7bb9248836b233d9d55535d4a,
     0x167a55cda70a6e1cea820597d94a84903216f763e13d87bb5308592e7ea7d4fbc7385ea3d529b35e346ef48bb8913f55,
     0x4d2f259eea405bd48f010a01ad2911d9c6dd039bb61a6290e591b36e636a5c871a5c29f4f83060400f8b49cba8f6aa8,
     0xaccbb67481d033ff5852c1e48c50c477f94ff8aefce42d28c0f9a88cea7913516f968986f7ebbea9684b529e2561092,
     0xad6b9514c767fe3c3613144b45f1496543346d98adf02267d5ceef9a00d9b8693000763e3b90ac11e99b138573345cc,
     0x2660400eb2e4f3b628bdd0d53cd76f2bf565b94e72927c1cb748df27942480e420517bd8714cc80d1fadc1326ed06f7,
     0xe0fa1d816ddc03e6b24255e0d7819c171c40f65e273b853324efcd6356caa205ca2f570f13497804415473a1d634b8f,
     0x1),
)
DRAND_DST = b'BLS_SIG_BLS12381G1_XMD:SHA-256_SSWU_RO_NUL_'
# the key of quicknet [4], its two coordinates written out (compressed: 83cf0f28...e45a)
DRAND_KEY = ((0x0d1fec758c921cc22b0e17e63aaf4bcb5ed66304de9cf809bd274ca73bab4af5a6e9c76a4bc09e76eae8991ef5ece45a,
              0x03cf0f2896adee7eb8b5f01fcad3912212c437e0073e911fb90022d3e760183c8c4b450b6a0a6c3ac6a5776a2d106451),
             (0x0e5db2b6bfbb01c867749cadffca88b36c24f3012ba09fc4d3022c5c37dce0f977d3adb5d183c7477c442b1f04515273,
              0x01a714f2edb74119a2f2b0d5a7c75ba902d163700a61bc224ededd8e63aef7be1aaf8e93d7a9718b047ccddb3eb5d68b))
DRAND_GENESIS = 1692803367
DRAND_PERIOD = 3


def _f2mul(a, b):
    x, y = a[0] * b[0], a[1] * b[1]
    return (x - y) % BLS_P, ((a[0] + a[1]) * (b[0] + b[1]) - x - y) % BLS_P


def _f2inv(a):
    d = pow(a[0] * a[0] + a[1] * a[1], -1, BLS_P)
    return a[0] * d % BLS_P, -a[1] * d % BLS_P


def _f12mul(a, b):
    """Fp12 as six Fp2 coefficients of w, with w^6 = 1 + u."""
    c0, c1 = [0] * 11, [0] * 11
    for i in range(6):
        x0, x1 = a[i]
        if not (x0 or x1):
            continue
        for j in range(6):
            y0, y1 = b[j]
            c0[i + j] += x0 * y0 - x1 * y1
            c1[i + j] += x0 * y1 + x1 * y0
    for k in range(10, 5, -1):              # w^k = (1 + u) w^(k - 6)
        c0[k - 6] += c0[k] - c1[k]
        c1[k - 6] += c0[k] + c1[k]
    return [(c0[i] % BLS_P, c1[i] % BLS_P) for i in range(6)]


def _g1_add(a, b):
    """Affine addition on y^2 = x^3 + 4; None is infinity."""
    if a is None:
        return b
    if b is None:
        return a
    p = BLS_P
    if a[0] == b[0]:
        if (a[1] + b[1]) % p == 0:
            return None
        m = 3 * a[0] * a[0] * pow(2 * a[1], -1, p) % p
    else:
        m = (b[1] - a[1]) * pow(b[0] - a[0], -1, p) % p
    x = (m * m - a[0] - b[0]) % p
    return x, (m * (a[0] - x) - a[1]) % p


def _g1_mul(k, pt):
    acc = None
    for bit in bin(k)[2:]:
        acc = _g1_add(acc, acc)
        if bit == '1':
            acc = _g1_add(acc, pt)
    return acc


def g1_decode(b):
    """A compressed G1 point of order r; None for anything else, infinity included."""
    if len(b) != 48 or b[0] & 0xc0 != 0x80:
        return None
    x = int.from_bytes(b, 'big') & (2 ** 381 - 1)
    if x >= BLS_P:
        return None
    y2 = (x ** 3 + 4) % BLS_P
    y = pow(y2, (BLS_P + 1) // 4, BLS_P)
    if y * y % BLS_P != y2:
        return None
    if (y > (BLS_P - 1) // 2) != bool(b[0] & 0x20):
        y = BLS_P - y
    return (x, y) if _g1_mul(BLS_R, (x, y)) is None else None


def expand_message_xmd(msg, dst, length):
    """RFC 9380, 5.3.1, with SHA-256."""
    dst += bytes([len(dst)])
    b0 = sha256(b'\0' * 64 + msg + struct.pack('>H', length) + b'\0' + dst).digest()
    out, prev = b'', b'\0' * 32
    for i in range(1, -(-length // 32) + 1):
        prev = sha256(bytes(x ^ y for x, y in zip(b0, prev)) + bytes([i]) + dst).digest()
        out += prev
    return out[:length]


def _sswu(u):
    """The simplified SWU map and the 11-isogeny: a point of E (not yet of order r)."""
    p = BLS_P
    t = SSWU_Z * u * u % p
    t2 = (t * t + t) % p
    if t2:
        x = -SSWU_B * pow(SSWU_A, -1, p) * (1 + pow(t2, -1, p)) % p
    else:
        x = SSWU_B * pow(SSWU_Z * SSWU_A, -1, p) % p
    g = (x ** 3 + SSWU_A * x + SSWU_B) % p
    y = pow(g, (p + 1) // 4, p)
    if y * y % p != g:
        x = t * x % p
        g = (x ** 3 + SSWU_A * x + SSWU_B) % p
        y = pow(g, (p + 1) // 4, p)
    if y & 1 != u & 1:
        y = p - y

    def poly(c):
        r = 0
        for k in reversed(c):
            r = (r * x + k) % p
        return r
    xn, xd, yn, yd = (poly(c) for c in ISO11)
    if not xd or not yd:
        return None
    return xn * pow(xd, -1, p) % p, y * yn * pow(yd, -1, p) % p


def hash_to_g1(msg, dst):
    """RFC 9380 BLS12381G1_XMD:SHA-256_SSWU_RO_."""
    b = expand_message_xmd(msg, dst, 128)
    q = [_sswu(int.from_bytes(b[i:i + 64], 'big') % BLS_P) for i in (0, 64)]
    return _g1_mul(BLS_X + 1, _g1_add(q[0], q[1]))


def pairing_product_is_one(pairs):
    """Whether the product of e(P, Q) over pairs (P in G1, Q in G2, affine, not infinity) is 1.

    Miller loops over |x| (the sign of x inverts the product, which does not matter here). Line values
    are multiplied by w^3, and vertical lines left out: both lie in subfields that the final power kills.
    The final power is (p^6 - 1)(p^6 + 1)/r; f^((p^6+1)/r) to the p^6 - 1 is 1 exactly when it is fixed
    by conjugation, that is when its odd coefficients are 0."""
    p = BLS_P
    f = [(1, 0)] + [(0, 0)] * 5
    state = [q for _, q in pairs]

    def line(pt, a, lam):
        xp, yp = pt
        m = _f2mul(lam, a[0])
        return [((m[0] - a[1][0]) % p, (m[1] - a[1][1]) % p), (0, 0),
                (-lam[0] * xp % p, -lam[1] * xp % p), (yp, 0), (0, 0), (0, 0)]

    def step(a, b, lam):
        s = _f2mul(lam, lam)
        x = ((s[0] - a[0][0] - b[0][0]) % p, (s[1] - a[0][1] - b[0][1]) % p)
        t = _f2mul(lam, (a[0][0] - x[0], a[0][1] - x[1]))
        return x, ((t[0] - a[1][0]) % p, (t[1] - a[1][1]) % p)

    for bit in bin(BLS_X)[3:]:
        f = _f12mul(f, f)
        for k, (pt, q) in enumerate(pairs):
            a = state[k]
            xx = _f2mul(a[0], a[0])
            lam = _f2mul((3 * xx[0], 3 * xx[1]), _f2inv((2 * a[1][0] % p, 2 * a[1][1] % p)))
            f = _f12mul(line(pt, a, lam), f)
            state[k] = a = step(a, a, lam)
            if bit == '1':
                lam = _f2mul((q[1][0] - a[1][0], q[1][1] - a[1][1]),
                             _f2inv(((q[0][0] - a[0][0]) % p, (q[0][1] - a[0][1]) % p)))
                f = _f12mul(line(pt, a, lam), f)
                state[k] = step(a, q, lam)
    g = [(1, 0)] + [(0, 0)] * 5
    for bit in bin((p ** 6 + 1) // BLS_R)[2:]:
        g = _f12mul(g, g)
        if bit == '1':
            g = _f12mul(f, g)
    return all(g[i] == (0, 0) for i in (1, 3, 5)) and any(g[i] != (0, 0) for i in (0, 2, 4))


_drand_seen = {}


def drand_verify(rnd, signature):
    """Whether signature (hex) is quicknet's for the round."""
    k = (rnd, signature)
    if k not in _drand_seen:
        _drand_seen[k] = _drand_verify(rnd, signature)
    return _drand_seen[k]


def _drand_verify(rnd, signature):
    sig = g1_decode(bytes.fromhex(signature))
    if sig is None:
        return False
    msg = hash_to_g1(sha256(rnd.to_bytes(8, 'big')).digest(), DRAND_DST)
    if msg is None:
        return False
    neg = (BLS_G2[0], tuple(-c % BLS_P for c in BLS_G2[1]))
    return pairing_product_is_one([(sig, neg), (msg, DRAND_KEY)])


def drand_self_test():
    """One known round holds and the next is refused; without that no beacon is judged."""
    sig = ('b44679b9a59af2ec876b1a6b1ad52ea9b1615fc3982b19576350f93447cb1125'
           'e342b73a8dd2bacbe47e4b6b63ed5e39')
    return drand_verify(1000, sig) and not drand_verify(1001, sig)


def drand_time(rnd):
    """From when on the value of a round may exist [4]."""
    return DRAND_GENESIS + DRAND_PERIOD * (rnd - 1)


# --------------------------------------------------------------------------- checkpoints [8]

Checkpoint = collections.namedtuple('Checkpoint', 'origin size root text signatures')


def parse_checkpoint(text):
    """C2SP tlog-checkpoint: origin, size, root, then signature lines; raises Bad. The text that is signed
    is everything above the empty line, its last LF included."""
    body, sep, tail = text.partition('\n\n')
    if not sep:
        raise Bad('a checkpoint has no signature part')
    rows = body.split('\n')
    if len(rows) != 3 or not rows[0] or not re.fullmatch(r'0|[1-9][0-9]{0,15}', rows[1]):
        raise Bad('a checkpoint is not origin, size and root')
    root = _b64(rows[2])
    if len(root) != 32:
        raise Bad('the root of a checkpoint is not 32 bytes')
    sigs = []
    if not tail.endswith('\n'):
        raise Bad('a checkpoint does not end with LF')
    for row in tail[:-1].split('\n'):
        m = re.fullmatch('\u2014 ([^ +]+) ([0-9A-Za-z+/=]+)', row)
        if not m:
            raise Bad('a signature line of a checkpoint is ill-formed')
        raw = _b64(m.group(2))
        if len(raw) < 5:
            raise Bad('a signature of a checkpoint is too short')
        sigs.append((m.group(1), raw[:4], raw[4:]))
    return Checkpoint(rows[0], int(rows[1]), root, body.encode('utf-8') + b'\n', sigs)


def _b64(s):
    try:
        raw = base64.b64decode(s, validate=True)
    except ValueError:
        raise Bad('not base64')
    if base64.b64encode(raw).decode() != s:
        raise Bad('not canonical base64')
    return raw


def log_signature_holds(cp, name, key):
    """The log's own signed-note Ed25519 signature; key is 32 raw bytes."""
    kid = sha256(name.encode('utf-8') + b'\n\x01' + key).digest()[:4]
    return any(n == name and k == kid and ed25519_verify(key, cp.text, s) for n, k, s in cp.signatures)


def cosignature_times(cp, name, key):
    """The times of the valid cosignature/v1 lines of one witness."""
    kid = sha256(name.encode('utf-8') + b'\n\x04' + key).digest()[:4]
    out = []
    for n, k, s in cp.signatures:
        if n == name and k == kid and len(s) == 72:
            t = int.from_bytes(s[:8], 'big')
            if ed25519_verify(key, b'cosignature/v1\ntime %d\n' % t + cp.text, s[8:]):
                out.append(t)
    return out


# --------------------------------------------------------------------------- grammars [2.5]

G = {
    'hex64': r'[0-9a-f]{64}',
    'id': r'[0-9A-Za-z._:-]{1,55}',
    'stratum': r'[0-9A-Za-z._:/-]{1,64}',
    'authority': r'd(?!00(?![0-9]))[0-9]{2,6}',
    'reason': r'[a-z_]{1,24}',
    'class': r'[a-z0-9_]{1,24}',
    'weight': r'[1-9][0-9]{0,8}',
    'source': r'[a-z][a-z0-9_]{0,15}',
    'team': r't(?:[0-9]{4}|[1-9][0-9]{4,5})',
    'alias': r'[0-9a-f]{48}',
    'dec': r'0|[1-9][0-9]{0,39}',
    'row': r'[0-9]{10}',
    'batch': r'0|[1-9][0-9]*',
    'list name': r'[a-z]+(?:-d[0-9]{2,6})?\.tsv',
}


def _joined(g, least=1):
    one = '(?:%s)' % G[g]
    many = '%s(?:,%s)*' % (one, one)
    return many if least else '(?:%s)?' % many


LIST_FORMS = {
    'population.tsv': (G['id'], G['stratum'], G['weight']),
    'exclusions.tsv': (G['id'], G['reason'], G['hex64']),
    'rejected.tsv': (G['row'], G['reason'], G['hex64']),
    'inspectors.tsv': (G['alias'], G['authority']),
    'demands.tsv': (G['id'], G['class']),
    'attributes.tsv': (G['alias'], _joined('class', 0)),
    'conflicts.tsv': (G['alias'], _joined('id')),
    'short.tsv': (G['id'], _joined('authority')),
    'batches.tsv': (G['id'], G['batch']),
    'selection.tsv': (G['id'], G['stratum'], G['hex64']),
    'teams.tsv': (G['team'], _joined('alias')),
    'assignment.tsv': (G['id'], G['team']),
    'assignment-D.tsv': (G['id'], _joined('alias')),
    'unassigned.tsv': (G['id'], '(?:d00|%s)' % _joined('authority')),
}
JOINED = ('attributes.tsv', 'conflicts.tsv', 'short.tsv', 'teams.tsv', 'assignment-D.tsv', 'unassigned.tsv')
PEOPLE_LISTS = ('attributes.tsv', 'conflicts.tsv', 'short.tsv')
ASSIGNMENT_RE = re.compile(r'assignment-(%s)\.tsv' % G['authority'])


class List(object):
    """One list: its bytes, its lines and its columns (all bytes)."""

    def __init__(self, name, data):
        self.name, self.data = name, data
        kind = 'assignment-D.tsv' if ASSIGNMENT_RE.fullmatch(name) else name
        form = LIST_FORMS[kind]
        self.rows = data.count(b'\n')
        pattern = '(?m)^' + '\t'.join('(%s)' % f for f in form) + '$'
        found = re.findall(pattern.encode('ascii'), data)
        if (data and not data.endswith(b'\n')) or len(found) != self.rows or b'\r' in data:
            raise Bad('a line of %s is ill-formed' % name)
        self.lines = data.split(b'\n')
        self.lines.pop()
        self.records = found
        self.cols = list(zip(*found)) if found else [()] * len(form)
        keys = self.cols[0]
        if kind == 'selection.tsv':
            keys = list(zip(self.cols[1], self.cols[2], self.cols[0]))
        if not all(map(operator.lt, keys, keys[1:])):
            raise Bad('%s does not ascend strictly' % name)
        if kind in JOINED:
            self.many = [c.split(b',') if c else [] for c in self.cols[1]]
            for parts in self.many:
                if not all(map(operator.lt, parts, parts[1:])):
                    raise Bad('a field of %s does not ascend strictly' % name)
            self.map = dict(zip(self.cols[0], self.many))
        elif len(form) == 2:
            self.map = dict(zip(self.cols[0], self.cols[1]))


# Fields. A grammar is a function (value, path) that raises Bad.

def rx(pattern):
    r = re.compile(pattern)

    def check(v, path):
        if not isinstance(v, str) or not r.fullmatch(v):
            raise Bad('%s is not as its grammar says' % path)
    return check


def _is_int(v):
    return isinstance(v, int) and not isinstance(v, bool)


def INT(v, path):
    if not _is_int(v) or not 0 <= v <= MAX_INT:
        raise Bad('%s is not an integer' % path)


def upto(most):
    def check(v, path):
        if not _is_int(v) or not 1 <= v <= most:
            raise Bad('%s is not an integer 1..%d' % (path, most))
    return check


def BOOL(v, path):
    if not isinstance(v, bool):
        raise Bad('%s is not a boolean' % path)


def TEXT(v, path):
    if not isinstance(v, str):
        raise Bad('%s is not a string' % path)


def const(*values):
    def check(v, path):
        if not any(type(v) is type(x) and v == x for x in values):
            raise Bad('%s is none of %s' % (path, ', '.join(map(str, values))))
    return check


def _order(x):
    """A sort key that orders strings as bytes and integers as integers."""
    return tuple(i.encode('utf-8') if isinstance(i, str) else i for i in x) if isinstance(x, tuple) else \
        x.encode('utf-8') if isinstance(x, str) else x


def arr(item, by=None, least=0, most=None):
    """An array; by: a function of an item in which the array ascends strictly."""
    def check(v, path):
        if not isinstance(v, list) or len(v) < least or (most is not None and len(v) > most):
            raise Bad('%s is not an array as it should be' % path)
        for i, x in enumerate(v):
            item(x, '%s[%d]' % (path, i))
        if by:
            keys = [_order(by(x)) for x in v]
            if not all(map(operator.lt, keys, keys[1:])):
                raise Bad('%s does not ascend strictly' % path)
    return check


def obj(**fields):
    """A closed object; a name with a trailing _ is optional (the _ is not part of it)."""
    must = {k: f for k, f in fields.items() if not k.endswith('_')}
    may = {k[:-1]: f for k, f in fields.items() if k.endswith('_')}

    def check(v, path):
        if not isinstance(v, dict):
            raise Bad('%s is not an object' % path)
        for k in must:
            if k not in v:
                raise Bad('%s.%s is missing' % (path, k))
        for k in v:
            f = must.get(k) or may.get(k)
            if f is None:
                raise Bad('%s.%s is unknown' % (path, k))
            f(v[k], '%s.%s' % (path, k))
    return check


def by_kind(field, table):
    """An object whose fields depend on one of them."""
    def check(v, path):
        if not isinstance(v, dict) or not isinstance(v.get(field), str) or v[field] not in table:
            raise Bad('%s.%s is unknown' % (path, field))
        table[v[field]](v, path)
    return check


def also(first, then):
    def check(v, path):
        first(v, path)
        then(v, path)
    return check


def item_of(name):
    return lambda x: x[name]


def itself(x):
    return x


V = const('vdp1')
POS = upto(MAX_INT)
HEX64, ID, STRATUM, AUTH, CLASS, SOURCE, DEC, LIST_NAME = (rx(G[n]) for n in (
    'hex64', 'id', 'stratum', 'authority', 'class', 'source', 'dec', 'list name'))
FRACTION = obj(num=DEC, den=DEC)
STRATA = arr(STRATUM, itself, 1)
CLASSES = arr(CLASS, itself)
PARTS = arr(obj(authority=AUTH, members=POS, classes=CLASSES), item_of('authority'), 1)
MINS = arr(obj(stratum=STRATUM, min=INT), item_of('stratum'), 1)
DESIGN = by_kind('kind', {
    'ratio': obj(kind=TEXT, ratios=arr(obj(stratum=STRATUM, num=POS, den=POS, min=INT), item_of('stratum'), 1)),
    'total': obj(kind=TEXT, n=POS, mins=MINS),
    'pps': obj(kind=TEXT, n=POS),
    'coverage': obj(kind=TEXT, batches=POS),
})


SOURCES = {
    'close': obj(id=SOURCE, kind=TEXT),
    'dice': obj(id=SOURCE, kind=TEXT, faces=const(6, 10), count=upto(64), not_before=INT, roller=ID, note_=TEXT),
    'lottery': obj(id=SOURCE, kind=TEXT, game=ID, issue=ID, not_before=INT,
                   groups=arr(obj(count=upto(100), low=INT, high=INT, ordered=BOOL, repeat=BOOL), None, 1, 16)),
    'drand': obj(id=SOURCE, kind=TEXT, round=INT),
    'server': obj(id=SOURCE, kind=TEXT, holder=AUTH, secret=HEX64),
}
ANY_SOURCE = by_kind('kind', SOURCES)
FRESH_SOURCE = by_kind('kind', {k: SOURCES[k] for k in ('dice', 'lottery', 'drand')})


def _key_form(v, path):
    if not re.fullmatch('[0-9a-f]{64}' if v['alg'] == 'ed25519' else '04[0-9a-f]{128}', v['key']):
        raise Bad('%s.key is not a key of its alg' % path)


SIG_ALG = const('ed25519', 'sm2')
HEX = rx('(?:[0-9a-f]{2})+')
_MATCHING = dict(mode=TEXT, cap=POS, mix=upto(1000), tau=obj(num=INT, den=POS), min_members=POS, min_per_authority=POS,
                 max_conflicts=obj(num=INT, den=POS))
MATCHING = by_kind('mode', {
    'none': obj(mode=TEXT),
    'teams': obj(teams=obj(count=upto(999999), members=PARTS), **_MATCHING),
    'subjects': obj(**_MATCHING),
})
# which of these a value has is a matter of values.form
VALUE = obj(id=SOURCE, value=rx('[0-9a-f./]{1,2000}'), round_=INT, signature_=rx('[0-9a-f]{96}'), at_=INT,
            by_=arr(ID, itself, 2))
PROOF = obj(index=INT, path=arr(HEX64))
BAND = dict(rows=INT, n=INT, cut_=HEX64, next_=HEX64)
SECRETS = arr(obj(id=SOURCE, value=HEX64))
EVENT = dict(v=V, type=TEXT, draw=ID, n=POS, prev=HEX64, by=ID, approved_by=ID, at=INT)


def _fresh_id(v, path):
    if v['source']['id'] != 'fresh':
        raise Bad('%s.source.id is not fresh' % path)


FIELDS = {
    'plan': obj(v=V, plan_ref=ID, authority=AUTH, draws=POS, strata=STRATA, filter=HEX64, design=DESIGN, note_=TEXT),
    'commit': obj(
        v=V, alg=const('sha256', 'sm3'), draw_id=ID, authority=AUTH, oversight=AUTH,
        plan=obj(ref=ID, hash=HEX64, draw_no=POS), seq=POS, prev=HEX64, supersedes_=HEX64,
        at=INT, close_by=INT, certify_by=INT, sealed=BOOL, open_at_=INT, design=DESIGN,
        strata=arr(obj(code=STRATUM, rows=POS, n_=POS), item_of('code'), 1), max_skips=INT,
        lists=arr(obj(name=LIST_NAME, rows=INT, root=HEX64, hash_=HEX64), item_of('name')),
        register=obj(rows=INT, root=HEX64),
        demands=arr(obj(code=CLASS, strata_=STRATA, authorities=PARTS), item_of('code')),
        pools=arr(obj(authority=AUTH, rows=POS, draw=POS), item_of('authority')),
        matching=MATCHING, people_=HEX64, sources=arr(ANY_SOURCE, None, 1),
        signers=arr(also(obj(by=AUTH, role=const('authority', 'oversight'), alg=SIG_ALG, key=HEX), _key_form)),
        software=obj(name=ID, version=ID, files=arr(obj(name=ID, hash=HEX64), item_of('name'))), note_=TEXT),
    # ids and values of observers: close.observers; order and names of files: close.files
    'close': obj(
        v=V, commit=HEX64, at=INT, observers=arr(obj(id=TEXT, value=TEXT, note_=TEXT), most=999),
        files=arr(obj(name=TEXT, hash=HEX64)), preflight=const('pass'),
        escrow_=arr(obj(id=SOURCE, holder=AUTH, at=INT))),
    'certificate': obj(
        v=V, alg=const('sha256', 'sm3'), draw_id=ID, at=INT, commit=HEX64, close=HEX64, values=arr(VALUE),
        seed_=HEX64, seed_hash_=HEX64, weak=BOOL,
        strata=arr(obj(code=STRATUM, pi_=FRACTION, **BAND), item_of('code'), 1),
        classes_=arr(obj(weight=INT, pi=FRACTION, **BAND), item_of('weight')),
        least_pi=FRACTION, inspectors=arr(obj(authority=AUTH, **BAND), item_of('authority')),
        lists=arr(obj(name=LIST_NAME, rows=INT, hash_=HEX64, root_=HEX64), item_of('name')),
        match_=arr(obj(stage=const('match', 'teams'), authority=rx('d00|' + G['authority']), um=INT, lm=INT, u2=INT,
                       l2=INT, augmentations=INT, raises=INT, smooth=INT, proposals=INT, swaps=INT, moves=INT),
                   lambda x: (x['stage'] == 'match', x['authority'])),
        pair_=FRACTION, software=HEX64,
        log=obj(checkpoint=TEXT, plan=PROOF, commit=PROOF, close=PROOF)),
    'event': by_kind('type', {
        'skip': obj(id=ID, stratum=STRATUM, evidence=HEX64, reason=const(
            'deregistered', 'not_found_twice', 'ceased', 'force_majeure'), **EVENT),
        'substitute': also(obj(id=rx(G['alias']), subject_=ID, evidence=HEX64, source=FRESH_SOURCE, reason=const(
            'recusal', 'specialist_item', 'special'), **EVENT), _fresh_id),
        'void': obj(evidence=HEX64, reason=const('cancelled', 'not_closed', 'beacon_absent'), **EVENT),
        'open': obj(secrets=SECRETS, **EVENT),
    }),
    'values': obj(v=V, event=HEX64, values=arr(VALUE, None, 1, 1), log=obj(checkpoint=TEXT, index=INT, path=arr(HEX64))),
    'signatures': obj(v=V, signatures=arr(
        also(obj(of=const('commit', 'close', 'cert', 'event', 'contrib'), hash=HEX64, by=ID, alg=SIG_ALG, key=HEX,
                 value=rx('[0-9a-f]{128}')), _key_form), lambda x: (x['of'], x['hash'], x['by']), most=1000)),
    'proofs': obj(v=V, checkpoint=TEXT, consistency=arr(HEX64),
                  leaves=arr(obj(index=INT, leaf=TEXT, path=arr(HEX64)), item_of('index'))),
    'people': obj(v=V, secret=HEX64),
}
_LEAF = dict(v=V, draw=ID, hash=HEX64, at=INT)
LEAF = by_kind('type', dict(
    {t: obj(type=TEXT, **_LEAF) for t in ('plan', 'close', 'record', 'cert', 'event', 'void')},
    commit=obj(type=TEXT, authority=AUTH, seq=POS, prev=HEX64, plan_ref=ID, draw_no=POS, **_LEAF)))


# --------------------------------------------------------------------------- sources [4]

def outcomes(src):
    """The number of outcomes of a source; None for close and server. Raises Bad."""
    if src['kind'] == 'dice':
        return src['faces'] ** src['count']
    if src['kind'] == 'drand':
        return 2 ** 128
    if src['kind'] != 'lottery':
        return None
    out = 1
    for g in src['groups']:
        m, c = g['high'] - g['low'] + 1, g['count']
        if m < 1:
            raise Bad('a lottery group has high < low')
        if g['repeat'] and not g['ordered']:
            raise Bad('a lottery group has repeat without ordered')
        if not g['repeat'] and c > m:
            raise Bad('a lottery group has more numbers than there are')
        if g['repeat']:
            out *= m ** c
        else:
            for i in range(c):
                out *= m - i
            if not g['ordered']:
                out //= math.factorial(c)
    return out


def value_fields(src, v):
    """Whether a value has exactly the fields that the kind of its source asks for."""
    more = {'drand': {'round', 'signature'}, 'dice': {'at', 'by'}, 'lottery': {'at', 'by'}}.get(src['kind'], set())
    return set(v) == {'id', 'value'} | more and ('by' not in v or (len(v['by']) == 2 and v['by'][0] < v['by'][1]))


def value_possible(src, value):
    """Whether a source can give this value (the text only)."""
    if src['kind'] in ('close', 'drand', 'server'):
        return bool(re.fullmatch('[0-9a-f]{64}', value))
    if src['kind'] == 'dice':
        return bool(re.fullmatch('[1-6]{%d}' % src['count'] if src['faces'] == 6 else '[0-9]{%d}' % src['count'], value))
    parts = value.split('/')
    if len(parts) != len(src['groups']) + 1 or parts.pop():
        return False
    for g, part in zip(src['groups'], parts):
        if not re.fullmatch(r'(?:(?:0|[1-9][0-9]{0,15})\.)+', part):
            return False
        numbers = [int(x) for x in part[:-1].split('.')]
        if len(numbers) != g['count'] or not all(g['low'] <= x <= g['high'] for x in numbers):
            return False
        if not g['repeat'] and len(set(numbers)) != len(numbers):
            return False
        if not g['ordered'] and numbers != sorted(numbers):
            return False
    return True


# --------------------------------------------------------------------------- who is drawn [5]

def quota_ratio(rows, ratios):
    """rows: stratum -> N_s; ratios: stratum -> (num, den, min)."""
    return {s: min(n, max(ratios[s][2], -(-n * ratios[s][0] // ratios[s][1]))) for s, n in rows.items()}


def _largest_remainder(n, rows):
    """n shared over rows in proportion: the floors, then one each by larger remainder, ties by stratum bytes."""
    total = sum(rows.values())
    out = {s: n * r // total for s, r in rows.items()}
    rest = n - sum(out.values())
    for s in sorted(rows, key=lambda s: (-(n * rows[s] % total), s.encode()))[:rest]:
        out[s] += 1
    return out


def quota_total(rows, n, mins):
    """rows: stratum -> N_s; mins: stratum -> min_s. Raises Bad where the specification refuses."""
    if n > sum(rows.values()):
        raise Bad('n is above N')
    fixed, left, free = {}, n, dict(rows)
    while free:
        total = sum(free.values())
        under = [s for s, r in free.items() if left * r < mins[s] * total]
        if not under:
            break
        for s in under:
            fixed[s] = min(mins[s], rows[s])
            left -= fixed[s]
            del free[s]
        if left < 0:
            raise Bad('the minimums are above n')
    if not free:
        return fixed
    out = _largest_remainder(left, free)
    while True:
        over = sum(max(0, out[s] - rows[s]) for s in free)
        if not over:
            break
        out = {s: min(out[s], rows[s]) for s in free}
        room = {s: rows[s] for s in free if out[s] < rows[s]}
        if not room:
            raise Bad('n is above N')
        for s, k in _largest_remainder(over, room).items():
            out[s] += k
    out.update(fixed)
    return out


def pps_classes(h, seed, rows, n):
    """rows: weight -> N_c. Returns weight -> (n_c, num, den) with pi = num/den. Raises Bad."""
    out, left = {}, dict(rows)
    if n > sum(rows.values()):
        raise Bad('n is above N')
    while True:
        x_sum = sum(x * c for x, c in left.items())
        whole = [x for x in left if n * x >= x_sum]
        if not left or not whole:
            break
        for x in whole:
            out[x] = (left[x], 1, 1)
            n -= left.pop(x)
        if n < 0:
            raise Bad('n falls below 0')
    if left:
        r = uniform(h, stage_key(h, seed, 'objects/pps/rounding'), x_sum) if seed else 0
        c = 0
        for x in sorted(left):
            after = c + n * left[x] * x
            out[x] = ((after + r) // x_sum - (c + r) // x_sum, n * x, x_sum)
            c = after
    return out


# --------------------------------------------------------------------------- M/1 [6]

Run = collections.namedtuple('Run', 'assignment report pair')
REPORT = ('um', 'lm', 'u2', 'l2', 'augmentations', 'raises', 'smooth', 'proposals', 'swaps', 'moves')


class Infeasible(Exception):
    """kind 'short' (subject) or 'hall' (seen by rank, demand, crossing, inspectors); leave: whom to leave."""

    def __init__(self, kind, leave, **facts):
        Exception.__init__(self, kind)
        self.kind, self.leave, self.facts = kind, leave, facts


def m1(h, seed, stage, subjects, inspectors, eligible, conflicts, cap, tau, mix, with_pair=False):
    """One run of M/1.

    stage: P/D, such as match/d01. subjects: [(id, class, demand)]. inspectors: [id]. eligible: class ->
    collection of inspectors. conflicts: subject -> collection of inspectors. All ids are bytes.
    Returns a Run (assignment: id -> ascending inspectors); raises Infeasible."""
    if not subjects:
        return Run({}, dict.fromkeys(REPORT, 0), None)

    def key(x):
        return stage_key(h, seed, '%s/%s' % (stage, x))

    info = {s[0]: s for s in subjects}
    sub = ranked(h, key('subjects'), info)
    ins = ranked(h, key('inspectors'), inspectors)
    rank = {x: i for i, x in enumerate(ins)}
    n_sub, n_ins = len(sub), len(ins)
    cls = [info[s][1] for s in sub]
    dem = [info[s][2] for s in sub]
    member, order, place = {}, {}, {}                   # per class: flags, E ascending, rank -> position in E
    for c in set(cls):
        flags = bytearray(n_ins)
        for x in eligible.get(c, ()):
            if x in rank:
                flags[rank[x]] = 1
        member[c] = flags
        order[c] = [i for i in range(n_ins) if flags[i]]
        place[c] = {i: k for k, i in enumerate(order[c])}
    none = frozenset()
    bad = [frozenset(rank[x] for x in conflicts.get(s, ()) if x in rank) or none for s in sub]
    flag = [member[c] for c in cls]
    size = []                                           # |A[o]|
    for o in range(n_sub):
        f = flag[o]
        size.append(len(order[cls[o]]) - sum(f[i] for i in bad[o]))
        if size[o] < dem[o]:
            raise Infeasible('short', [sub[o]], subject=sub[o])
    total = sum(dem)
    if mix * total > MAX_PROPOSALS or total > 2 ** 32:
        raise Unknown('more proposals than this program makes')
    u = -(-total // n_ins)
    asg = [set() for _ in range(n_sub)]
    held = [set() for _ in range(n_ins)]
    load = [0] * n_ins
    buckets, levels = {0: list(range(n_ins))}, [0]      # inspectors by load; the loads that occur

    def move_load(i, new):
        old = load[i]
        b = buckets[old]
        del b[bisect.bisect_left(b, i)]
        if not b:
            del buckets[old]
            del levels[bisect.bisect_left(levels, old)]
        if new not in buckets:
            buckets[new] = []
            bisect.insort(levels, new)
        bisect.insort(buckets[new], i)
        load[i] = new

    def add(o, i):
        asg[o].add(i)
        held[i].add(o)
        move_load(i, load[i] + 1)

    def remove(o, i):
        asg[o].remove(i)
        held[i].remove(o)
        move_load(i, load[i] - 1)

    def hall(seen, demand, crossing, v):
        """The last of seen by rank are left, as few as have what is short."""
        leave, lacking = [], demand - crossing - cap * v
        for p in sorted(seen, reverse=True):
            if lacking <= 0:
                break
            leave.append(sub[p])
            lacking -= dem[p]
        return Infeasible('hall', leave, demand=demand, crossing=crossing, inspectors=v)

    # 1 ASSIGN
    g = Stream(h, key('assign'))
    augmentations = raises = 0
    for o in range(n_sub):
        f, no = flag[o], bad[o]
        while len(asg[o]) < dem[o]:
            q = None
            for lev in levels:
                if lev >= u:
                    break
                mine = asg[o]
                q = [i for i in buckets[lev] if f[i] and i not in no and i not in mine]
                if q:
                    break
            if q:
                add(o, q[g.below(len(q))])
                continue
            par, seen, queue, fresh, end = {}, {o}, collections.deque(), list(range(n_ins)), None
            todo = [(o, None)]
            while True:
                for p, came in todo:                    # expand(p, came)
                    if p in seen and p != o:
                        continue
                    seen.add(p)
                    fp, np, ap = flag[p], bad[p], asg[p]
                    found = [i for i in fresh if fp[i] and i not in np and i not in ap]
                    for i in found:
                        par[i] = (p, came)
                        if load[i] < u:
                            end = i
                            break
                        queue.append(i)
                    if end is not None:
                        break
                    if found:
                        fresh = [i for i in fresh if i not in par]
                if end is not None or not queue:
                    break
                i = queue.popleft()
                todo = [(p, i) for p in sorted(held[i]) if p not in seen]
            if end is not None:
                i = end
                while True:
                    p, came = par[i]
                    if came is not None:
                        remove(p, came)
                    add(p, i)
                    if came is None:
                        break
                    i = came
                augmentations += 1
                continue
            demand = sum(dem[p] for p in seen)
            crossing = sum(1 for p in seen for i in asg[p] if i not in par)
            v = len(par)
            need = -(-(demand - crossing) // v) if v else None
            if need is None or need > cap:
                raise hall(seen, demand, crossing, v)
            u = need
            raises += 1
    if total > cap * n_ins:                             # the start load was above the cap
        raise hall(range(n_sub), total, 0, n_ins)
    # 2 SMOOTH
    closed, smooth, level = set(), 0, max(load)
    while level >= 2:
        roots = [i for i in buckets.get(level, ()) if i not in closed]
        par = dict.fromkeys(roots)
        queue, end = collections.deque(roots), None
        fresh = [i for i in range(n_ins) if i not in par and i not in closed]
        while queue and end is None and fresh:
            came = queue.popleft()
            for p in sorted(held[came]):
                fp, np, ap = flag[p], bad[p], asg[p]
                found = [j for j in fresh if fp[j] and j not in np and j not in ap]
                for j in found:
                    par[j] = (p, came)
                    if load[j] <= level - 2:
                        end = j
                        break
                    queue.append(j)
                if end is not None:
                    break
                if found:
                    fresh = [j for j in fresh if j not in par]
        if end is None:
            closed.update(par)
            level -= 1
        else:
            i = end
            while par[i] is not None:
                p, came = par[i]
                remove(p, came)
                add(p, i)
                i = came
            smooth += 1
    # 3 MIX
    um, lm = max(load), min(load)
    tn, td = tau
    u2 = min(cap, -(-um * (td + tn) // td))
    l2 = 0 if tn >= td else lm * (td - tn) // td
    ob, at = [], []
    slots = [[] for _ in range(n_ins)]
    for o in range(n_sub):
        for i in sorted(asg[o]):
            slots[i].append(len(ob))
            ob.append(o)
            at.append(i)
    # k-th element of A[o] = E[k + number of t with shift[t] <= k]
    shift = []
    for o in range(n_sub):
        pos = place[cls[o]]
        gone = sorted(pos[i] for i in bad[o] if i in pos)
        shift.append([e - t for t, e in enumerate(gone)])
    e_of = [order[c] for c in cls]
    word = Stream(h, key('mix')).words.__next__
    limit = [0] + [2 ** 32 - 2 ** 32 % n for n in range(1, n_ins + 1)]
    lim_t, lim_u = 2 ** 32 - 2 ** 32 % total, 2 ** 32 - 2 ** 32 % u2
    right, left, insort = bisect.bisect_right, bisect.bisect_left, bisect.insort
    swaps = moves = 0

    def propose(times):
        swapped = moved = 0
        for _ in range(times):
            x = word()
            while x >= lim_t:
                x = word()
            x %= total
            o, i = ob[x], at[x]
            n = size[o]
            k = word()
            while k >= limit[n]:
                k = word()
            k %= n
            j = e_of[o][k + right(shift[o], k)]
            y = word()
            while y >= lim_u:
                y = word()
            y %= u2
            mine = asg[o]
            if j in mine:
                continue
            sj = slots[j]
            if y < len(sj):
                t = sj[y]
                p = ob[t]
                theirs = asg[p]
                if flag[p][i] and i not in bad[p] and i not in theirs:
                    at[x], at[t] = j, i
                    mine.remove(i)
                    mine.add(j)
                    theirs.remove(j)
                    theirs.add(i)
                    si = slots[i]
                    del si[left(si, x)]
                    insort(si, t)
                    del sj[y]
                    insort(sj, x)
                    swapped += 1
            elif y == len(sj):
                si = slots[i]
                if len(si) > l2:
                    at[x] = j
                    mine.remove(i)
                    mine.add(j)
                    del si[left(si, x)]
                    insort(sj, x)
                    moved += 1
        return swapped, moved

    proposals = max(2000, mix * total)
    swaps, moves = propose(proposals)
    result = {sub[o]: sorted(ins[i] for i in asg[o]) for o in range(n_sub)}
    report = dict(zip(REPORT, (um, lm, u2, l2, augmentations, raises, smooth, proposals, swaps, moves)))
    best = None
    if with_pair:
        blocks = min(400, max(16, 2000000 // total))
        kinds = sorted(member)
        g_of, g_size = _groups(list(zip(cls, dem)))
        h_of, h_size = _groups([tuple(member[c][i] for c in kinds) for i in range(n_ins)])
        width = len(h_size)
        g_slot = [g_of[o] * width for o in ob]
        count = collections.Counter()
        for _ in range(blocks):
            propose(total)
            count.update(map(operator.add, g_slot, [h_of[i] for i in at]))
        enemies = collections.Counter(g_of[o] * width + h_of[i] for o in range(n_sub) for i in bad[o])
        for gh, c in count.items():
            pairs = g_size[gh // width] * h_size[gh % width] - enemies[gh]
            best = larger_pair(best, (c, blocks * pairs))
    return Run(result, report, best)


def _groups(keys):
    number, of, size = {}, [], []
    for k in keys:
        g = number.setdefault(k, len(number))
        if g == len(size):
            size.append(0)
        size[g] += 1
        of.append(g)
    return of, size


def larger_pair(a, b):
    """The larger of two fractions (num, den)."""
    if a is None or b is None:
        return a or b
    return a if a[0] * b[1] >= b[0] * a[1] else b


def m1_leaving(h, seed, stage, subjects, *rest, **more):
    """M/1, left again and again until it is feasible. Returns (Run, ids that were left)."""
    left = set()
    while True:
        try:
            return m1(h, seed, stage, [s for s in subjects if s[0] not in left], *rest, **more), left
        except Infeasible as e:
            left.update(e.leave)


# --------------------------------------------------------------------------- the bundle [9]

def read_bundle(path):
    """Returns (name -> bytes, problems). Names are relative, with /. Reads a folder or a zip; a zip may hold
    the files in one folder."""
    files, problems = {}, []
    if os.path.isdir(path):
        for base, dirs, names in os.walk(path):
            dirs.sort()
            for n in sorted(names):
                full = os.path.join(base, n)
                rel = os.path.relpath(full, path).replace(os.sep, '/')
                try:
                    if not os.path.isfile(full) or os.path.getsize(full) > MAX_FILE:
                        raise OSError('not a readable file')
                    with open(full, 'rb') as f:
                        files[rel] = f.read()
                except OSError as e:
                    problems.append('%s: %s' % (rel, e))
        return files, problems
    try:
        with zipfile.ZipFile(path) as z:
            for info in z.infolist():
                if info.is_dir():
                    continue
                n = info.filename.replace('\\', '/')
                if n in files:
                    problems.append('%s stands twice in the zip' % n)
                elif info.file_size > MAX_FILE:
                    problems.append('%s is too large' % n)
                else:
                    files[n] = z.read(info)
    except Exception as e:                              # zipfile raises many kinds on bad input
        problems.append('cannot read the zip: %s' % e)
    tops = {n.partition('/')[0] for n in files}
    if len(tops) == 1 and 'commit.json' not in files and all('/' in n for n in files):
        top = tops.pop() + '/'
        files = {n[len(top):]: d for n, d in files.items()}
    return files, problems


SINGLE_MANIFESTS = ('plan', 'commit', 'close', 'certificate', 'signatures', 'proofs', 'people')
EVENT_RE = re.compile(r'events/([0-9]{4,})\.json')
VALUES_RE = re.compile(r'events/([0-9]{4,})\.values\.json')

STRANGE = ('.json', '.tsv', '.html', '.htm', '.py', '.sh')    # what ends so must be known by its name [10]

CHECKS = [
    # id, part, claim in English, claim in Chinese
    ('bundle.files', 'bundle', 'every file that this state must have is there, and no strange one', '本状态应有的文件齐全，且没有来历不明的文件'),
    ('manifest.bytes', 'bundle', 'every manifest is its own strict JCS', '每个清单文件都是其自身的严格规范 JSON'),
    ('manifest.fields', 'bundle', 'every manifest has exactly its fields', '每个清单文件的字段、格式和次序都合规'),
    ('list.form', 'bundle', 'every list obeys its form', '每份名单的格式合规'),
    ('plan.entry', 'commitment', 'the commitment is of this plan entry', '承诺书对应这一计划条目'),
    ('commit.rules', 'commitment', 'the rules between the fields of the commitment hold', '承诺书各字段之间的规则成立'),
    ('commit.lists', 'commitment', 'the committed lists have the rows, hash and root stated', '承诺的名单与其行数、哈希、树根一致'),
    ('register.partition', 'register', 'population and exclusions are disjoint; the register is theirs', '总体与排除名单不相交，登记树根一致'),
    ('strata.rows', 'register', 'strata, demands and pools are those of the commitment', '分层、需求与人员库同承诺书一致'),
    ('quota', 'commitment', 'every n follows from the design', '每层抽取数由设计得出且不为零'),
    ('sources.rules', 'commitment', 'the sources obey the rules and suffice', '随机源合规且足够'),
    ('software', 'bundle', 'the software in the bundle is the committed one', '包内软件是承诺的软件'),
    ('close.commit', 'close', 'the close names this commitment, in time', '封场书对应本承诺书且按时'),
    ('close.files', 'close', 'the close repeats the committed hashes', '封场书重复承诺的哈希'),
    ('close.observers', 'close', 'the numbers of the observers are in form', '见证人编号无缺、数值合规'),
    ('close.preflight', 'close', 'the preflight holds', '预检成立'),
    ('close.signed', 'close', 'the oversight authority signed the close', '监督机关已签署封场书'),
    ('values.order', 'randomness', 'one value per source in committed order', '随机值与承诺的随机源一一对应'),
    ('values.form', 'randomness', 'every value is one that its source can give', '每个随机值都是其源可能给出的'),
    ('values.drand', 'randomness', "the beacon's signature is quicknet's for the committed round", '信标签名属于承诺的轮次'),
    ('values.record', 'randomness', 'recorded values are signed by two outsiders', '现场记录的随机值由两名场外人签署'),
    ('values.secret', 'randomness', 'opened secrets are the committed ones', '公开的秘密即承诺的秘密'),
    ('cert.commit', 'certificate', 'the certificate is of this commitment and close', '证书对应本承诺书和封场书'),
    ('cert.lists', 'certificate', 'the result lists are those stated', '结果名单同证书一致'),
    ('seed', 'randomness', 'S follows from commitment, close and values', '种子由承诺、封场和随机值得出'),
    ('selection', 'subjects', 'the selection is the recomputed one', '抽中名单与重算结果逐字节一致'),
    ('probabilities', 'subjects', 'probabilities and cuts are the recomputed ones', '概率与分界票号同重算结果一致'),
    ('inspectors', 'people', 'the draw of inspectors is the recomputed one', '检查人员抽取同重算结果一致'),
    ('assignment', 'people', 'every drawn subject is assigned once or left openly', '每个抽中对象恰好分派一次或列为未分派'),
    ('match', 'people', 'teams, assignment and report are the recomputed ones', '编组、分派和报告同重算结果一致'),
    ('pair', 'people', 'the highest pair probability is the recomputed one', '最高配对概率同重算结果一致'),
    ('log.proofs', 'log', 'every leaf needed is in the log', '所需的日志条目均在日志中'),
    ('log.order', 'log', 'the leaves stand in order', '日志条目次序正确'),
    ('log.sequence', 'log', "the previous commitment is the log's", '上一承诺书在日志中衔接'),
    ('freshness', 'time', 'the close was cosigned before any later value could exist', '封场先于任何随机值，且经见证共签'),
    ('signatures', 'signatures', 'every signature verifies and the needed ones are there', '签名全部有效且必需的签名齐备'),
    ('events.chain', 'events', 'the events form one chain', '事件成链'),
    ('events.rules', 'events', 'the events obey the rules', '事件合规'),
    ('events.substitute', 'events', 'substitutes follow from their values', '替换人员由随机值得出'),
    ('single', 'events', 'no certificate with a void; one void, open and certificate at most', '作废与证书不并存，各至多一份'),
]


class Verifier(object):
    """All checks of section 10 on one bundle. run() returns the report."""

    def __init__(self, path, policy=None):
        self.policy = policy
        try:
            self.files, self.problems = read_bundle(path)
        except Exception as e:
            self.files, self.problems = {}, ['cannot read the bundle: %s' % e]
        self.bad_bytes, self.bad_fields, self.parsed = {}, {}, {}
        self.bad_lists, self.lists = {}, {}
        self.results = {}
        self.memo = {}
        self.facts = {}
        self._load_manifests()

    # ---- loading

    def _load_manifests(self):
        self.manifest_names = [m + '.json' for m in SINGLE_MANIFESTS if m + '.json' in self.files]
        self.all_names = sorted(self.files)
        self.event_names = sorted(n for n in self.files if EVENT_RE.fullmatch(n))
        self.values_names = sorted(n for n in self.files if VALUES_RE.fullmatch(n))
        self.event_names.sort(key=lambda n: int(EVENT_RE.fullmatch(n).group(1)))
        self.manifest_names += self.event_names + self.values_names
        for n in self.manifest_names:
            try:
                self.parsed[n] = parse_jcs(self.files[n])
            except Exception as e:
                self.bad_bytes[n] = str(e)
        for n in self.manifest_names:
            if n in self.parsed:
                kind = 'event' if n in self.event_names else 'values' if n in self.values_names else n[:-5]
                try:
                    FIELDS[kind](self.parsed[n], n)
                except Exception as e:
                    self.bad_fields[n] = str(e)
        self.void = any(self._event_type(n) == 'void' for n in self.event_names)
        self.opened = any(self._event_type(n) == 'open' for n in self.event_names)
        self._put_away()
        has = self.files.__contains__
        self.state = ('drawn' if has('certificate.json') else 'void' if self.void else
                      'closed' if has('close.json') else 'committed')
        self.level = 'L2' if any(has(n) for n in PEOPLE_LISTS + ('people.json',)) else 'L1'

    def _put_away(self):
        """Lists that lie in the bundle of a sealed draw before its opening are not read [9]."""
        try:
            away = self.sealed_away()
        except Unknown:
            return
        if away:
            for n in self.list_names():
                del self.files[n]

    def _event_type(self, n):
        v = self.parsed.get(n)
        return v.get('type') if isinstance(v, dict) and isinstance(v.get('type'), str) else None

    @staticmethod
    def _exactly(path, v, **wanted):
        """Refuses a field that is missing or too much."""
        for field, present in wanted.items():
            if (field in v) != present:
                raise No('%s%s is %s' % (path, field, 'missing' if present else 'not allowed here'))

    def manifest(self, name):
        """A manifest that passed checks 2 and 3."""
        if name not in self.files:
            raise Unknown('%s is not there' % name)
        if name in self.bad_bytes or name in self.bad_fields:
            raise Unknown('%s failed' % name)
        return self.parsed[name]

    commit = property(lambda self: self.manifest('commit.json'))
    close = property(lambda self: self.manifest('close.json'))
    cert = property(lambda self: self.manifest('certificate.json'))
    h = property(lambda self: HASHES[self.commit['alg']])
    kind = property(lambda self: self.commit['design']['kind'])
    mode = property(lambda self: self.commit['matching']['mode'])

    def hash_of(self, name, t):
        """The tagged hash of a manifest that passed."""
        self.manifest(name)
        return tag(self.h, t, self.files[name])

    commit_hash = property(lambda self: self.hash_of('commit.json', 'commit'))
    close_hash = property(lambda self: self.hash_of('close.json', 'close'))
    cert_hash = property(lambda self: self.hash_of('certificate.json', 'cert'))

    def list_names(self):
        """The names of the lists in the bundle."""
        return sorted(n for n in self.files if n in LIST_FORMS and n != 'assignment-D.tsv' or ASSIGNMENT_RE.fullmatch(n))

    def raw_list(self, name):
        """A list in form, whatever its hash."""
        if name not in self.files:
            raise Unknown('%s is not there' % name)
        if name not in self.lists and name not in self.bad_lists:
            try:
                self.lists[name] = List(name, self.files[name])
            except Exception as e:
                self.bad_lists[name] = str(e)
        if name in self.bad_lists:
            raise Unknown('%s is ill-formed' % name)
        return self.lists[name]

    def list(self, name):
        """A committed list that is in form and is the committed one."""
        x = self.raw_list(name)
        ok, why = self.once('list ' + name, lambda: self._list_is_committed(name))
        if not ok:
            raise Unknown('%s: %s' % (name, why))
        return x

    def plain_list(self, name):
        """A committed list in form: the committed one, or one whose salted root cannot be judged (wrong secret)."""
        x = self.raw_list(name)
        ok, why = self.once('list ' + name, lambda: self._list_is_committed(name))
        if ok is False or name not in {e['name'] for e in self.commit['lists']}:
            raise Unknown('%s: %s' % (name, why))
        return x

    def once(self, key, f):
        """f(), computed once; No and Unknown are remembered too."""
        if key not in self.memo:
            try:
                self.memo[key] = (f(), None)
            except (No, Unknown) as e:
                self.memo[key] = (None, e)
        value, error = self.memo[key]
        if error is not None:
            raise error
        return value

    def _list_is_committed(self, name):
        """(True or False or None, why)"""
        entry = {x['name']: x for x in self.commit['lists']}.get(name)
        if entry is None:
            return None, 'is not in the commitment'
        x = self.raw_list(name)
        try:
            secret = self.salt_secret(name)
        except Unknown as e:
            return None, str(e)
        if x.rows != entry['rows']:
            return False, '%d rows, committed %d' % (x.rows, entry['rows'])
        if 'hash' in entry and self.h(x.data).hexdigest() != entry['hash']:
            return False, 'hash differs'
        if secret is None:
            root = lines_root(self.h, x.lines)
        else:
            root = salted_root(self.h, secret, name, x.lines, x.cols[0])
        if root != entry['root']:
            return False, 'root differs'
        return True, ''

    def salt_secret(self, name):
        """The secret that salts a list: None where it is unsalted [2.7]. Unknown with a wrong one."""
        servers = ''.join(self.secrets()) if self.commit['sealed'] else None
        if name in PEOPLE_LISTS:
            v = self.manifest('people.json')['secret']
            if tag(self.h, 'secret', v) != self.commit.get('people'):
                raise Unknown('the people secret is not the committed one')
            return v
        return servers

    servers = property(lambda self: [s for s in self.commit['sources'] if s['kind'] == 'server'])

    def secrets_hold(self, secrets):
        """Whether the secrets of an open event are the committed ones."""
        return [(x['id'], tag(self.h, 'secret', x['value'])) for x in secrets] == [(s['id'], s['secret']) for s in self.servers]

    def secrets(self):
        """The opened server secrets, in source order."""
        def find():
            opens = [self.manifest(n)['secrets'] for n in self.event_names if self._event_type(n) == 'open']
            if not opens:
                raise Unknown('the draw is sealed and not opened')
            if not all(map(self.secrets_hold, opens)):
                raise Unknown('the opened secrets are not the committed ones')
            return [x['value'] for x in opens[0]]
        return self.once('secrets', find)

    # ---- running

    def run(self):
        checks = []
        for cid, part, _, _ in CHECKS:
            try:
                detail = getattr(self, 'check_' + cid.replace('.', '_'))()
                holds = 'yes'
            except Skip:
                continue
            except No as e:
                holds, detail = 'no', str(e)
            except Unknown as e:
                holds, detail = 'unknown', str(e)
            except RecursionError:
                holds, detail = 'unknown', 'could not be computed (recursion)'
            except Exception as e:                      # a crash is never a pass
                holds, detail = 'unknown', 'could not be computed: %s: %s' % (type(e).__name__, e)
            self.results[cid] = holds
            checks.append({'id': cid, 'part': part, 'holds': holds, 'detail': detail or ''})
        worst = {}
        rank = {'yes': 0, 'unknown': 1, 'no': 2}
        for c in checks:
            if rank[c['holds']] >= rank.get(worst.get(c['part']), -1):
                worst[c['part']] = c['holds']
        code = next((c['id'] for c in checks if c['holds'] == 'no'), None)
        verdict = ('contradicted' if code else
                   'indeterminate' if any(c['holds'] == 'unknown' for c in checks) else 'verified')
        try:
            weak = self.weak()
        except Exception:
            weak = None
        self.collect_facts()
        return {'verdict': verdict, 'weak': weak, 'state': self.state, 'level': self.level, 'code': code,
                'parts': worst, 'checks': checks, 'facts': self.facts}

    def collect_facts(self):
        for name, f in (('draw_id', lambda: self.commit['draw_id']), ('alg', lambda: self.commit['alg']),
                        ('commit_hash', lambda: self.commit_hash), ('close_hash', lambda: self.close_hash),
                        ('certificate_hash', lambda: self.cert_hash), ('seed', lambda: self.seed()),
                        ('selection_hash', lambda: self.h(self.selection_bytes()).hexdigest()),
                        ('drawn', lambda: len(self.drawn()['order'])),
                        ('least_pi', lambda: self.cert['least_pi']), ('pair', lambda: self.cert.get('pair')),
                        ('entered', lambda: dict(self.replay()[2]) or None)):
            try:
                v = f()
            except Exception:
                continue
            if v is not None:
                self.facts[name] = v
        try:
            self.facts.update(('entered_%d' % n, x) for n, x in self.replay()[3].items())
        except Exception:
            pass

    def sealed_away(self):
        """Whether the lists of this bundle are still sealed."""
        return self.commit['sealed'] and not self.opened

    # ---- 1 to 4

    def committed_names(self):
        """The lists of 2.6 that the commitment's mode has, results left out. There is a demands.tsv where no
        demand has strata."""
        c = self.commit
        names = {'population.tsv', 'exclusions.tsv', 'rejected.tsv'}
        if self.mode != 'none':
            names |= {'inspectors.tsv'} | set(PEOPLE_LISTS)
            if c['demands'] and not any('strata' in d for d in c['demands']):
                names.add('demands.tsv')
        return names

    def result_names(self):
        names = ['batches.tsv' if self.kind == 'coverage' else 'selection.tsv']
        if self.mode == 'teams':
            names += ['teams.tsv', 'assignment.tsv']
        elif self.mode == 'subjects':
            names += ['assignment-%s.tsv' % p['authority'] for p in self.commit['pools']]
        if self.mode != 'none':
            names.append('unassigned.tsv')
        return sorted(names)

    def strange_names(self):
        """The files with an ending of the bundle's own kinds and a name that nothing here gives them."""
        known = {m + '.json' for m in SINGLE_MANIFESTS} | self.committed_names()
        known |= {x['name'] for x in self.commit['software']['files']}
        known.update(self.event_names, self.values_names)
        if self.state == 'drawn':
            known.update(self.result_names())
        return [n for n in self.all_names if n.lower().endswith(STRANGE) and n not in known]

    def check_bundle_files(self):
        if self.problems:
            raise No('; '.join(self.problems[:5]))
        must = ['plan.json', 'commit.json', 'proofs.json', 'signatures.json']
        if self.state == 'drawn':
            must += ['close.json', 'certificate.json']
        others = [n for n in self.files if re.fullmatch(r'certificate.*\.json', n.rpartition('/')[2], re.S)
                  and n != 'certificate.json']
        if others:
            raise No('a second certificate: %s' % ', '.join(sorted(others)[:3]))
        missing = [n for n in must if n not in self.files]
        if missing:
            raise No('missing: ' + ', '.join(missing))
        if not self.sealed_away():
            must = [n for n in self.committed_names() if n not in PEOPLE_LISTS]
            if self.level == 'L2':
                must += list(PEOPLE_LISTS) + ['people.json']
            if self.state == 'drawn':
                must += self.result_names()
            missing = sorted({n for n in must if n not in self.files})
            if missing:
                raise No('missing: ' + ', '.join(missing))
        strange = self.strange_names()
        if strange:
            raise No('not a file of this bundle: %s' % ', '.join(strange[:3]))
        return '%d files, state %s, level %s' % (len(self.files), self.state, self.level)

    def check_manifest_bytes(self):
        if self.bad_bytes:
            raise No('; '.join('%s: %s' % x for x in sorted(self.bad_bytes.items())[:5]))
        if not self.manifest_names:
            raise Unknown('no manifest')
        return '%d manifests' % len(self.manifest_names)

    def check_manifest_fields(self):
        if self.bad_fields:
            raise No('; '.join(v for _, v in sorted(self.bad_fields.items())[:5]))
        if self.bad_bytes:
            raise Unknown('of some manifests the bytes failed')
        if not self.manifest_names:
            raise Unknown('no manifest')
        return ''

    def check_list_form(self):
        teams = self.mode == 'teams'
        for n in self.list_names():
            try:
                self.raw_list(n)
            except Unknown:
                pass
        if self.bad_lists:
            raise No('; '.join(v for _, v in sorted(self.bad_lists.items())[:5]))
        if 'unassigned.tsv' in self.lists:
            if any((m == b'd00') != teams for m in self.lists['unassigned.tsv'].cols[1]):
                raise No('unassigned.tsv has d00 against the mode')
        if not self.list_names():
            raise Unknown('there is no list')
        return '%d lists' % len(self.list_names())

    # ---- 5 to 12

    def check_plan_entry(self):
        p, c = self.manifest('plan.json'), self.commit
        self._same('ref', c['plan']['ref'], p['plan_ref'])
        self._same('hash', c['plan']['hash'], self.h(self.files['plan.json']).hexdigest())
        self._same('authority', c['authority'], p['authority'])
        if c['plan']['draw_no'] > p['draws']:
            raise No('draw_no is above draws')
        self._same('design', c['design'], p['design'])
        codes = [s['code'] for s in c['strata']]
        self._same('strata', codes, p['strata'])
        d = p['design']
        if d['kind'] == 'ratio':
            self._same('strata of the ratios', [r['stratum'] for r in d['ratios']], codes)
            if any(r['num'] > r['den'] for r in d['ratios']):
                raise No('num is above den')
        if d['kind'] == 'total':
            self._same('strata of the mins', [r['stratum'] for r in d['mins']], codes)
        return p['plan_ref']

    @staticmethod
    def _same(what, a, b):
        if a != b:
            raise No('%s differs' % what)

    def check_commit_rules(self):
        c = self.commit
        m = c['matching']

        def rule(ok, what):
            if not ok:
                raise No(what)
        rule(c['authority'] != c['oversight'], 'authority and oversight are the same')
        rule((c['seq'] == 1) == (c['prev'] == ZERO64), 'prev against seq')
        rule(c['at'] < c['close_by'] < c['certify_by'], 'not at < close_by < certify_by')
        self._exactly('', c, open_at=c['sealed'], people=m['mode'] != 'none')
        for x in c['strata']:
            self._exactly('strata: ', x, n=c['design']['kind'] in ('ratio', 'total'))
        for x in c['lists']:
            self._exactly(x['name'] + ': ', x, hash=not c['sealed'] and x['name'] not in PEOPLE_LISTS)
        if c['sealed']:
            rule(c['open_at'] >= c['close_by'], 'open_at is before close_by')
        names = {x['name'] for x in c['lists']}
        rule(names == self.committed_names(), 'the committed lists are not exactly those of 2.6')
        rule([(s['by'], s['role']) for s in c['signers']] ==
             [(c['authority'], 'authority'), (c['oversight'], 'oversight')], 'the signers are not authority and oversight')
        if m['mode'] == 'none':
            rule(not c['demands'] and not c['pools'], 'demands or pools with matching none')
            return ''
        codes = [s['code'] for s in c['strata']]
        if 'demands.tsv' in names:
            rule(not any('strata' in d for d in c['demands']), 'strata in a demand beside demands.tsv')
        else:
            rule(all('strata' in d for d in c['demands']), 'a demand without strata')
            named = [s for d in c['demands'] for s in d['strata']]
            rule(sorted(named) == sorted(codes), 'not every stratum is in exactly one demand')
        pools = {p['authority']: p for p in c['pools']}
        rule(all(p['draw'] <= p['rows'] for p in c['pools']), 'draw is above the rows of a pool')
        rule(set(pools) == {a['authority'] for d in c['demands'] for a in d['authorities']},
             'pools are not of the authorities of the demands')
        sums = [d['authorities'] for d in c['demands']]
        if m['mode'] == 'teams':
            members = m['teams']['members']
            rule([a['authority'] for a in members] == [p['authority'] for p in c['pools']],
                 'teams.members are not of the pools')
            sums.append(members)
            for a in members:
                rule(pools[a['authority']]['draw'] >= m['teams']['count'] * a['members'], 'too few are drawn for the teams')
        else:
            for a, p in pools.items():
                rule(p['draw'] >= max(x['members'] for d in c['demands'] for x in d['authorities'] if x['authority'] == a),
                     'too few are drawn for a demand')
        for parts in sums:
            rule(sum(a['members'] for a in parts) >= m['min_members'], 'fewer members than min_members')
            rule(all(a['members'] >= m['min_per_authority'] for a in parts), 'fewer members than min_per_authority')
        return ''

    def check_commit_lists(self):
        c = self.commit
        no, unknown, seen = [], [], 0
        for x in c['lists']:
            if x['name'] not in self.files:
                continue
            try:
                ok, why = self.once('list ' + x['name'], lambda: self._list_is_committed(x['name']))
            except Unknown as e:
                ok, why = None, str(e)
            seen += 1
            if ok is False:
                no.append('%s: %s' % (x['name'], why))
            elif ok is None:
                unknown.append('%s: %s' % (x['name'], why))
        if 'people.json' in self.files:
            try:
                if tag(self.h, 'secret', self.manifest('people.json')['secret']) != c.get('people'):
                    no.append('people.json does not open `people`')
            except Unknown as e:
                unknown.append(str(e))
        if no:
            raise No('; '.join(no))
        if unknown or not seen:
            raise Unknown('; '.join(unknown) or 'no committed list is there')
        return '%d lists' % seen

    def check_register_partition(self):
        c = self.commit
        pop, exc = self.plain_list('population.tsv').cols[0], self.plain_list('exclusions.tsv').cols[0]
        both = set(exc).intersection(pop) if exc else ()
        if both:
            raise No('%d ids in both, such as %s' % (len(both), min(both).decode()))
        ids = sorted(pop + exc) if exc else pop
        if len(ids) != c['register']['rows']:
            raise No('%d rows, committed %d' % (len(ids), c['register']['rows']))
        if c['sealed']:
            root = salted_root(self.h, ''.join(self.secrets()), 'register', ids, ids)
        else:
            root = lines_root(self.h, ids)
        self._same('the root', root, c['register']['root'])
        return '%d ids' % len(ids)

    def strata_rows(self):
        return self.once('strata rows', lambda: dict(collections.Counter(self.plain_list('population.tsv').cols[1])))

    def check_strata_rows(self):
        c = self.commit
        self._same('strata or their rows', self.strata_rows(), {s['code'].encode(): s['rows'] for s in c['strata']})
        if 'demands.tsv' in {x['name'] for x in c['lists']}:
            d = self.plain_list('demands.tsv')
            self._same('the ids of demands.tsv', d.cols[0], self.plain_list('population.tsv').cols[0])
            if not set(d.cols[1]) <= {x['code'].encode() for x in c['demands']}:
                raise No('demands.tsv names a code that is not committed')
        if self.mode != 'none':
            got = collections.Counter(a.decode() for a in self.plain_list('inspectors.tsv').cols[1])
            self._same('the rows of the pools', dict(got), {p['authority']: p['rows'] for p in c['pools']})
            if self.level == 'L2':
                self.known_people(No, self.plain_list)
        return '%d strata' % len(c['strata'])

    def quotas(self):
        """stratum (bytes) -> n, for ratio, total and coverage, from the committed rows and design."""
        c = self.commit
        d = c['design']
        rows = {s['code']: s['rows'] for s in c['strata']}
        try:
            if d['kind'] == 'ratio':
                n = quota_ratio(rows, {r['stratum']: (r['num'], r['den'], r['min']) for r in d['ratios']})
            elif d['kind'] == 'total':
                n = quota_total(rows, d['n'], {r['stratum']: r['min'] for r in d['mins']})
            else:
                n = rows
        except Bad as e:
            raise No(str(e))
        except KeyError:
            raise Unknown('the design does not name every stratum')
        return {s.encode(): k for s, k in n.items()}

    def check_quota(self):
        c = self.commit
        if self.kind in ('ratio', 'total'):
            n = self.quotas()
            if not all('n' in s for s in c['strata']):
                raise Unknown('the commitment does not state every n')
            wrong = [s['code'] for s in c['strata'] if n[s['code'].encode()] != s['n']]
            if wrong:
                raise No('n does not follow from the design in %s' % ', '.join(wrong[:5]))
            if 0 in n.values():
                raise No('nobody would be drawn from a stratum')
            return 'n = %d' % sum(n.values())
        if self.kind == 'pps':
            if c['design']['n'] > sum(s['rows'] for s in c['strata']):
                raise No('n is above N')
            return 'n = %d' % c['design']['n']
        return 'everyone'

    def outside(self):
        """The product of the outcomes of the sources from outside."""
        out = 1
        for s in self.commit['sources']:
            out *= outcomes(s) or 1
        return out

    def weak(self):
        try:
            return self.outside() < 2 ** 128
        except Unknown:
            return None

    def check_sources_rules(self):
        c = self.commit
        src = c['sources']
        if not src or src[0] != {'id': 'close', 'kind': 'close'}:
            raise No('the first source is not the close')
        if any(s['kind'] == 'close' for s in src[1:]):
            raise No('a second close')
        if len({s['id'] for s in src}) != len(src):
            raise No('two sources with the same id')
        if sum(s['kind'] == 'drand' for s in src) > 1:
            raise No('a second drand')
        issues = [(s['game'], s['issue']) for s in src if s['kind'] == 'lottery']
        if len(set(issues)) != len(issues):
            raise No('one lottery issue stands twice')
        for s in src:
            if 'not_before' in s and s['not_before'] <= c['close_by']:
                raise No('%s: not_before is not after close_by' % s['id'])
            if s['kind'] == 'drand' and s['round'] != -(-(c['close_by'] + 60 - DRAND_GENESIS) // 3) + 1:
                raise No('%s: not the round that follows from close_by' % s['id'])
        servers = self.servers
        if c['sealed']:
            if [s['holder'] for s in servers] != [c['authority'], c['oversight']]:
                raise No('the server sources are not those of authority and oversight')
            if servers[0]['secret'] == servers[1]['secret']:
                raise No('the two secrets are the same')
        elif servers:
            raise No('a server source in an open draw')
        try:
            out = self.outside()
        except Bad as e:
            raise No(str(e))
        if out < 2 ** 64:
            raise No('the outcomes from outside are fewer than 2^64')
        return 'outcomes from outside: 2^%.1f%s' % (math.log(out, 2), ', weak' if out < 2 ** 128 else '')

    def check_software(self):
        missing, files = [], self.commit['software']['files']
        if not files:
            raise Skip()
        for f in files:
            data = self.files.get(f['name'])
            if data is None:
                missing.append(f['name'])
            elif sha256(data).hexdigest() != f['hash']:
                raise No('%s is not the committed one' % f['name'])
        if missing:
            raise Unknown('not in the bundle: ' + ', '.join(missing))
        return '%d files' % len(files)

    # ---- 13 to 17

    def need_close(self):
        if 'close.json' not in self.files and self.state != 'drawn':
            raise Skip()
        return self.close

    def need_cert(self):
        if self.state != 'drawn':
            raise Skip()
        return self.cert

    def check_close_commit(self):
        k = self.need_close()
        c = self.commit
        self._same('commit', k['commit'], self.commit_hash)
        if not c['at'] <= k['at'] <= c['close_by']:
            raise No('not commit.at <= close.at <= close_by')
        self._exactly('', k, escrow=c['sealed'])
        if c['sealed']:
            self._same('the sources of the escrow', [e['id'] for e in k['escrow']], [s['id'] for s in self.servers])
            for e, s in zip(k['escrow'], self.servers):
                if e['holder'] == s['holder']:
                    raise No('%s is in escrow with its own holder' % e['id'])
                if e['at'] > k['at']:
                    raise No('an escrow is later than the close')
        return ''

    def check_close_files(self):
        k = self.need_close()
        self._same('files', k['files'], [{'name': x['name'], 'hash': x.get('hash', x['root'])}
                                         for x in self.commit['lists']])
        return '%d lists' % len(k['files'])

    def check_close_observers(self):
        k = self.need_close()
        for i, o in enumerate(k['observers']):
            self._same('the id of observer %d' % (i + 1), o['id'], 'o%03d' % (i + 1))
            if 'note' in o:
                self._same('the value of %s' % o['id'], o['value'], self.h(o['note'].encode('utf-8')).hexdigest())
            elif not re.fullmatch('[0-9]{1,32}', o['value']):
                raise No('the value of %s is not digits' % o['id'])
        return '%d observers' % len(k['observers'])

    def demand_of(self, ids):
        """id -> demand (an entry of commit.demands), for ids of the population."""
        c = self.commit
        codes = {d['code'].encode(): d for d in c['demands']}
        if 'demands.tsv' in {x['name'] for x in c['lists']}:
            m = self.list('demands.tsv').map
            get = lambda i: codes.get(m.get(i))
        else:
            by_stratum = {s.encode(): d for d in c['demands'] for s in d.get('strata', ())}
            strata = self.once('stratum of', lambda: dict(zip(*self.list('population.tsv').cols[:2])))
            get = lambda i: by_stratum.get(strata.get(i))
        out = {i: get(i) for i in ids}
        if None in out.values():
            raise Unknown('a subject has no demand')
        return out

    def known_people(self, error, get):
        """Raises error unless attributes.tsv names exactly the aliases of the pools, and conflicts.tsv no others."""
        known = get('inspectors.tsv').cols[0]
        if get('attributes.tsv').cols[0] != known:
            raise error('attributes.tsv does not name exactly the aliases of the pools')
        if not set(known).issuperset(get('conflicts.tsv').cols[0]):
            raise error('conflicts.tsv names an alias that is in no pool')

    def people(self):
        """(authority -> its pool's aliases, alias -> set of classes, alias -> set of subjects); L2."""
        def build():
            pool = collections.defaultdict(list)
            for a, d in self.list('inspectors.tsv').records:
                pool[d.decode()].append(a)
            self.known_people(Unknown, self.list)
            classes = {a: {c.decode() for c in cs} for a, cs in self.list('attributes.tsv').map.items()}
            conflicts = {a: set(s) for a, s in self.list('conflicts.tsv').map.items()}
            return dict(pool), classes, conflicts
        return self.once('people', build)

    def holding(self, aliases, wanted):
        """Those of aliases who hold every class of wanted."""
        classes = self.people()[1]
        wanted = set(wanted)
        return [a for a in aliases if wanted <= classes.get(a, set())]

    def check_close_preflight(self):
        self.need_close()
        c = self.commit
        m = c['matching']
        if m['mode'] == 'none':
            raise Skip()
        if self.level != 'L2':
            raise Unknown('needs the lists of people (L2)')
        pool, _, conflicts = self.people()
        ids = self.list('population.tsv').cols[0]
        demand = self.demand_of(ids)
        against = collections.defaultdict(list)         # subject -> aliases in conflict
        population = set(ids)
        for a, subjects in conflicts.items():
            for s in subjects:
                if s in population:
                    against[s].append(a)
        num, den = m['max_conflicts']['num'], m['max_conflicts']['den']
        groups = {}                                     # (code, authority) -> [(set of people, least)], e
        for d in c['demands']:
            for a in d['authorities']:
                people = pool.get(a['authority'], [])
                if m['mode'] == 'subjects':
                    tests = [(frozenset(self.holding(people, a['classes'])), 2 * a['members'] + 1)]
                else:
                    tests = [(frozenset(people), 2 * a['members'] + 1)]
                    tests += [(frozenset(self.holding(people, [k])), 3) for k in a['classes']]
                groups[d['code'], a['authority']] = tests
        short, too_many = {}, None
        plain = {d['code']: [a['authority'].encode() for a in d['authorities'] if any(
            len(people) < least for people, least in groups[d['code'], a['authority']])] for d in c['demands']}
        for i in ids:
            d = demand[i]
            bad = against.get(i)
            if bad is None:
                if plain[d['code']]:
                    short[i] = plain[d['code']]
                continue
            for a in d['authorities']:
                tests = groups[d['code'], a['authority']]
                fails = False
                for k, (people, least) in enumerate(tests):
                    hit = sum(1 for x in bad if x in people)
                    if len(people) - hit < least:
                        fails = True
                    if k == 0 and hit * den > len(people) * num:
                        too_many = i
                if fails:
                    short.setdefault(i, []).append(a['authority'].encode())
        self._same('short.tsv', self.list('short.tsv').map, short)
        if too_many is not None:
            raise No('more conflicts with %s than max_conflicts allows' % too_many.decode())
        for a, subjects in conflicts.items():
            if len(subjects & population) * den > len(ids) * num:
                raise No('%s has more conflicts than max_conflicts allows' % a.decode())
        if m['mode'] == 'teams':
            for t in m['teams']['members']:
                people = pool.get(t['authority'], [])
                if len(self.holding(people, t['classes'])) < len(people):
                    raise No('someone in the pool of %s lacks a class that the teams ask for' % t['authority'])
        return '%d subjects, %d short' % (len(ids), len(short))

    def signed_by(self, of, digest):
        """by -> key, of the valid signatures over one hash."""
        out = {}
        for s in self.manifest('signatures.json')['signatures']:
            if s['of'] == of and s['hash'] == digest and signature_holds(s['alg'], s['key'], digest.encode(), s['value']):
                out[s['by']] = (s['alg'], s['key'])
        return out

    def signer(self, role):
        for s in self.commit['signers']:
            if s['role'] == role:
                return s['by'], (s['alg'], s['key'])
        raise Unknown('no signer with role %s' % role)

    def _require_signed(self, of, digest, role):
        by, key = self.signer(role)
        if self.signed_by(of, digest).get(by) != key:
            raise No('%s has not signed the %s with its committed key' % (by, of))

    def check_close_signed(self):
        self.need_close()
        self._require_signed('close', self.close_hash, 'oversight')
        return ''

    # ---- 18 to 25

    def shown_sources(self):
        return [s for s in self.commit['sources'] if s['kind'] != 'server']

    def ordered_values(self):
        """[(source, value)] without servers; Unknown unless values.order holds."""
        v = self.cert['values']
        src = self.shown_sources()
        if [x['id'] for x in v] != [s['id'] for s in src] or not v or v[0]['value'] != self.close_hash:
            raise Unknown('values.order failed')
        return list(zip(src, v))

    def check_values_order(self):
        v = self.need_cert()['values']
        self._same('the order of the values', [x['id'] for x in v], [s['id'] for s in self.shown_sources()])
        if not v:
            raise No('no value')
        self._same("the close's hash", v[0]['value'], self.close_hash)
        return '%d values' % len(v)

    def check_values_form(self):
        self.need_cert()
        for s, v in self.ordered_values():
            if not value_fields(s, v):
                raise No('the value of %s has not the fields of a %s' % (s['id'], s['kind']))
            try:
                outcomes(s)
            except Bad as e:
                raise Unknown(str(e))
            if not value_possible(s, v['value']):
                raise No('%s cannot give its value' % s['id'])
        return ''

    def valued(self, *kinds):
        """[(source, value)] of some kinds, with the fields of their kind."""
        mine = [(s, v) for s, v in self.ordered_values() if s['kind'] in kinds]
        if not all(value_fields(s, v) for s, v in mine):
            raise Unknown('values.form failed')
        return mine

    def _drand_holds(self, src, v):
        self._same('the round', v['round'], src['round'])
        self._same('the value', v['value'], sha256(bytes.fromhex(v['signature'])).hexdigest())
        if not drand_self_test():
            raise Unknown('the pairing does not work here')
        if not drand_verify(v['round'], v['signature']):
            raise No("not quicknet's signature of round %d" % v['round'])

    def check_values_drand(self):
        self.need_cert()
        mine = self.valued('drand')
        if not mine:
            raise Skip()
        for s, v in mine:
            self._drand_holds(s, v)
            if self.cert['at'] < drand_time(s['round']):
                raise No('the certificate is before the time of round %d' % s['round'])
        return ', '.join('round %d' % s['round'] for s, _ in mine)

    def record_hash(self, v, about, digest):
        """The contrib hash of a recorded value; about is commit or event."""
        return tag(self.h, 'contrib', jcs({'v': 'vdp1', about: digest, 'id': v['id'], 'value': v['value'],
                                           'at': v['at'], 'by': v['by']}))

    def _record_holds(self, src, v, about, digest, inside=()):
        signed = self.signed_by('contrib', self.record_hash(v, about, digest))
        signers = {s['by']: (s['alg'], s['key']) for s in self.commit['signers']}
        for by in v['by']:
            if by not in signed:
                raise No('%s has not signed the value of %s' % (by, v['id']))
            if by in signers or signed[by] in signers.values():
                raise No('%s, who signed the value of %s, is a signer of the commitment' % (by, v['id']))
            if by in inside:
                raise No('%s, who signed the value of %s, made or approved the event' % (by, v['id']))
        if signed[v['by'][0]] == signed[v['by'][1]]:
            raise No('the two outsiders of %s have one key' % v['id'])
        if v['at'] < src['not_before']:
            raise No('the value of %s is before not_before' % v['id'])

    def check_values_record(self):
        t = self.need_cert()
        mine = self.valued('dice', 'lottery')
        if not mine:
            raise Skip()
        for s, v in mine:
            self._record_holds(s, v, 'commit', self.commit_hash)
            if v['at'] > t['at']:
                raise No('the value of %s is later than the certificate' % s['id'])
        return ', '.join('%s: %s' % (s['id'], ' and '.join(v['by'])) for s, v in mine)

    def check_values_secret(self):
        opens = [n for n in self.event_names if self._event_type(n) == 'open']
        if not opens or not self.commit['sealed']:
            raise Skip()
        for n in opens:
            if not self.secrets_hold(self.manifest(n)['secrets']):
                raise No('the secrets are not the committed ones')
        return ''

    def shows_match(self):
        return not self.commit['sealed'] and self.mode != 'none'

    def check_cert_commit(self):
        t = self.need_cert()
        c = self.commit
        for f in ('alg', 'draw_id'):
            self._same(f, t[f], c[f])
        self._same('commit', t['commit'], self.commit_hash)
        self._same('software', t['software'], self.h(jcs(c['software'])).hexdigest())
        self._same('close', t['close'], self.close_hash)
        if t['at'] < self.close['at']:
            raise No('the certificate is before the close')
        for f, wanted in (('seed', not c['sealed']), ('seed_hash', c['sealed']), ('classes', self.kind == 'pps'),
                          ('match', self.shows_match()), ('pair', self.shows_match())):
            self._exactly('', t, **{f: wanted})
        if self.mode == 'none' and t['inspectors']:
            raise No('inspectors with matching none')
        try:
            self._same('weak', t['weak'], self.weak())
        except Bad as e:
            raise Unknown(str(e))
        return ''

    def check_cert_lists(self):
        t = self.need_cert()
        self._same('the names of the result lists', [x['name'] for x in t['lists']], self.result_names())
        unknown, sealed = [], self.commit['sealed']
        for e in t['lists']:
            self._exactly(e['name'] + ': ', e, hash=not sealed, root=sealed)
        for e in t['lists']:
            if e['name'] not in self.files:
                unknown.append('%s is not there' % e['name'])
                continue
            data = self.files[e['name']]
            try:
                secret = self.salt_secret(e['name'])
                x = self.raw_list(e['name']) if sealed else None
            except Unknown as u:
                unknown.append(str(u))
                continue
            self._same('the rows of %s' % e['name'], data.count(b'\n'), e['rows'])
            if sealed:
                self._same('the root of %s' % e['name'], salted_root(self.h, secret, e['name'], x.lines, x.cols[0]), e['root'])
            else:
                self._same('the hash of %s' % e['name'], self.h(data).hexdigest(), e['hash'])
        if unknown:
            raise Unknown('; '.join(unknown))
        return '%d lists' % len(t['lists'])

    def seed(self):
        """S, recomputed."""
        def compute():
            values = [{'id': v['id'], 'value': v['value']} for _, v in self.ordered_values()]
            if self.commit['sealed']:
                by = {v['id']: v for v in values}
                by.update({s['id']: {'id': s['id'], 'value': v} for s, v in zip(self.servers, self.secrets())})
                values = [by[s['id']] for s in self.commit['sources']]
            return tag(self.h, 'seed', jcs({'commit': self.commit_hash, 'values': values}))
        return self.once('seed', compute)

    def good_seed(self):
        """S, where the certificate states the same."""
        s = self.seed()
        if not self.seed_is_stated(s):
            raise Unknown('the seed failed')
        return s

    def seed_is_stated(self, s):
        t = self.cert
        f, mine = ('seed_hash', tag(self.h, 'secret', s)) if self.commit['sealed'] else ('seed', s)
        if f not in t:
            raise Unknown('the certificate has no %s' % f)
        return t[f] == mine

    def check_seed(self):
        self.need_cert()
        s = self.seed()
        if not self.seed_is_stated(s):
            raise No('the certificate has another S')
        return s

    # ---- 26 to 31

    def drawn(self):
        """The recomputed draw: a dict with order (the drawn ids), lines of the result list, and figures."""
        def compute():
            h, s = self.h, self.good_seed()
            pop = self.list('population.tsv')
            ids, strata, weights = pop.cols
            kind = self.kind
            if kind == 'coverage':
                order = ranked(h, stage_key(h, s, 'batch'), ids)
                b, n = self.commit['design']['batches'], len(order)
                batch = {x: k * b // n for k, x in enumerate(order)}
                return {'lines': [b'%s\t%d\n' % (x, batch[x]) for x in ids], 'order': ids,
                        'stratum': dict(zip(ids, strata)), 'figures': None}
            raw = tickets(h, stage_key(h, s, 'objects'), ids)
            groups = collections.defaultdict(list)
            if kind == 'pps':
                for t, i, w in zip(raw, ids, weights):
                    groups[int(w)].append((t, i))
                try:
                    plan = pps_classes(h, s, {x: len(g) for x, g in groups.items()}, self.commit['design']['n'])
                except Bad as e:
                    raise Unknown(str(e))
            else:
                for t, i, st in zip(raw, ids, strata):
                    groups[st].append((t, i))
                try:
                    q = self.quotas()
                except No as e:
                    raise Unknown(str(e))
                if set(groups) - set(q):
                    raise Unknown('a stratum of the population is not committed')
                plan = {x: (q[x], q[x], len(g)) for x, g in groups.items()}
            figures, taken = {}, []
            stratum = dict(zip(ids, strata))
            for x, g in groups.items():
                g.sort()
                n, num, den = plan[x]
                figures[x] = {'rows': len(g), 'n': n, 'num': num, 'den': den,
                              'cut': g[n - 1][0].hex() if n else None, 'next': g[n][0].hex() if n < len(g) else None}
                taken += [(stratum[i], t, i) for t, i in g[:n]]
            taken.sort()
            return {'lines': [b'%s\t%s\t%s\n' % (i, st, t.hex().encode()) for st, t, i in taken],
                    'order': sorted(i for _, _, i in taken), 'stratum': stratum, 'figures': figures,
                    'groups': groups, 'weight': dict(zip(ids, weights)) if kind == 'pps' else None}
        return self.once('drawn', compute)

    def selection_bytes(self):
        return self.once('selection bytes', lambda: b''.join(self.drawn()['lines']))

    def check_selection(self):
        self.need_cert()
        name = 'batches.tsv' if self.kind == 'coverage' else 'selection.tsv'
        mine = self.selection_bytes()
        if name not in self.files:
            raise Unknown('%s is not there' % name)
        if self.files[name] != mine:
            got = self.files[name].split(b'\n')
            want = mine.split(b'\n')
            k = next((k for k, (a, b) in enumerate(zip(got, want)) if a != b), min(len(got), len(want)))
            raise No('%s differs from the recomputed one in line %d' % (name, k + 1))
        return '%d drawn, %s' % (len(self.drawn()['order']), self.h(mine).hexdigest())

    def _cuts(self, entries, shown):
        """cut is absent when n is 0, next when n is rows, and both where they are not shown."""
        for e in entries:
            self._exactly('', e, cut=shown and e['n'] > 0, next=shown and e['n'] < e['rows'])

    def check_probabilities(self):
        t = self.need_cert()
        sealed, kind = self.commit['sealed'], self.kind
        for x in t['strata']:
            self._exactly('strata: ', x, pi=kind != 'pps')
        self._cuts(t['strata'], not sealed and kind not in ('coverage', 'pps'))
        self._cuts(t.get('classes', ()), not sealed)
        d = self.drawn()

        def entry(name, value, f, pi=True, cuts=True):
            e = {name: value, 'rows': f['rows'], 'n': f['n']}
            if pi:
                e['pi'] = {'num': str(f['num']), 'den': str(f['den'])}
            if cuts and not sealed:
                e.update({k: f[k] for k in ('cut', 'next') if f[k] is not None})
            return e
        rows = self.strata_rows()
        if kind == 'coverage':
            strata = [{'code': s.decode(), 'rows': rows[s], 'n': rows[s], 'pi': {'num': '1', 'den': '1'}} for s in sorted(rows)]
            entries = strata
        elif kind == 'pps':
            n = collections.Counter(d['stratum'][i] for i in d['order'])
            strata = [{'code': s.decode(), 'rows': rows[s], 'n': n.get(s, 0)} for s in sorted(rows)]
            entries = [entry('weight', x, d['figures'][x]) for x in sorted(d['figures'])]
            if 'classes' not in t:
                raise Unknown('the certificate has no classes')
            self._same('classes', t['classes'], entries)
        else:
            strata = entries = [entry('code', s.decode(), d['figures'][s]) for s in sorted(rows)]
        self._same('strata', t['strata'], strata)
        least = None
        for e in entries:
            p = e['pi']
            if least is None or int(p['num']) * int(least['den']) < int(least['num']) * int(p['den']):
                least = p
        if least is None:
            raise Unknown('there is no stratum')
        self._same('least_pi', t['least_pi'], least)
        return 'least pi %s/%s' % (least['num'], least['den'])

    def drawn_people(self):
        """authority -> the drawn aliases, by ticket; also the figures."""
        def compute():
            h, s = self.h, self.good_seed()
            pool = collections.defaultdict(list)
            for a, d in self.list('inspectors.tsv').records:
                pool[d.decode()].append(a)
            out, figures = {}, []
            for p in self.commit['pools']:
                d = p['authority']
                g = sorted(zip(tickets(h, stage_key(h, s, 'inspectors/' + d), pool[d]), pool[d]))
                n = p['draw']
                if n > len(g):
                    raise Unknown('a pool has too few rows')
                out[d] = [a for _, a in g[:n]]
                e = {'authority': d, 'rows': len(g), 'n': n}
                if not self.commit['sealed']:
                    e['cut'] = g[n - 1][0].hex()
                    if n < len(g):
                        e['next'] = g[n][0].hex()
                figures.append(e)
            return out, figures
        return self.once('drawn people', compute)

    def check_inspectors(self):
        t = self.need_cert()
        if self.mode == 'none':
            raise Skip()
        self._cuts(t['inspectors'], not self.commit['sealed'])
        drawn, figures = self.drawn_people()
        self._same('the draw of inspectors', t['inspectors'], figures)
        return ', '.join('%s: %d' % (d, len(a)) for d, a in sorted(drawn.items()))

    def check_assignment(self):
        self.need_cert()
        if self.mode == 'none':
            raise Skip()
        c = self.commit
        people = self.drawn_people()[0]
        of = {a: d for d, aliases in people.items() for a in aliases}
        subjects = set(self.drawn()['order'])
        left = self.raw_list('unassigned.tsv').map
        if not subjects.issuperset(left):
            raise No('unassigned.tsv names a subject that is not drawn')
        if self.mode == 'teams':
            m = c['matching']['teams']
            teams = self.raw_list('teams.tsv').map
            self._same('the names of the teams', sorted(teams),
                       sorted(b't%04d' % k for k in range(1, m['count'] + 1)))
            seen = set()
            for t, aliases in teams.items():
                if not seen.isdisjoint(aliases):
                    raise No('someone is in two teams')
                seen.update(aliases)
                if any(a not in of for a in aliases):
                    raise No('%s has a member who is not drawn' % t.decode())
                got = collections.Counter(of[a] for a in aliases)
                self._same('the members of %s' % t.decode(), dict(got), {x['authority']: x['members'] for x in m['members']})
            a = self.raw_list('assignment.tsv').map
            if not teams.keys() >= set(a.values()):
                raise No('assignment.tsv names a team that is not there')
            if set(a) & set(left) or set(a) | set(left) != subjects:
                raise No('not every drawn subject is assigned once or unassigned')
            return '%d assigned, %d not' % (len(a), len(left))
        demand = self.demand_of(subjects)
        assigned = 0
        for p in c['pools']:
            d = p['authority']
            need = {i: x['members'] for i in subjects for x in demand[i]['authorities'] if x['authority'] == d}
            a = self.raw_list('assignment-%s.tsv' % d).map
            not_here = {i for i, ds in left.items() if d.encode() in ds}
            if set(a) & not_here or set(a) | not_here != set(need):
                raise No('%s: not every drawn subject is assigned once or unassigned' % d)
            for i, aliases in a.items():
                if any(of.get(x) != d for x in aliases):
                    raise No('%s: %s has someone who is not drawn' % (d, i.decode()))
                if len(aliases) != need[i]:
                    raise No('%s: %s has the wrong number of inspectors' % (d, i.decode()))
            assigned += len(a)
        pools = {p['authority'].encode() for p in c['pools']}
        if any(not pools.issuperset(ds) for ds in left.values()):
            raise No('unassigned.tsv names an authority without a pool')
        return '%d assigned' % assigned

    def team_eligible(self, members, of, demand):
        """Whether a team (aliases) is eligible for a demand [6]."""
        classes = self.people()[1]
        for a in demand['authorities']:
            mine = [x for x in members if of.get(x) == a['authority']]
            if not mine:
                return False
            for k in a['classes']:
                if not any(k in classes.get(x, ()) for x in mine):
                    return False
        return True

    def matched(self):
        """The recomputed matching: (result list name -> bytes, report entries, pair)."""
        def compute():
            if self.level != 'L2':
                raise Unknown('needs the lists of people (L2)')
            h, s, c = self.h, self.good_seed(), self.commit
            m = c['matching']
            _, _, conflicts = self.people()
            drawn = self.drawn_people()[0]
            subjects = self.drawn()['order']
            demand = self.demand_of(subjects)
            here = set(subjects)
            against = collections.defaultdict(set)
            for a, ids in conflicts.items():
                for i in ids & here:
                    against[i].add(a)
            tau, mix = (m['tau']['num'], m['tau']['den']), m['mix']
            files, report, pair, left = {}, [], None, collections.defaultdict(list)

            def text(rows):
                return b''.join(b'%s\t%s\n' % r for r in sorted(rows))
            if m['mode'] == 'teams':
                members = {b't%04d' % k: [] for k in range(1, m['teams']['count'] + 1)}
                for a in m['teams']['members']:
                    d = a['authority']
                    try:
                        run = m1(h, s, 'teams/' + d, [(t, 'x', a['members']) for t in members], drawn[d],
                                 {'x': self.holding(drawn[d], a['classes'])}, {}, 1, tau, mix)
                    except Infeasible as e:
                        raise No('the teams of %s cannot be formed (%s)' % (d, e.kind))
                    for t, aliases in run.assignment.items():
                        members[t] += aliases
                    report.append(dict(run.report, stage='teams', authority=d))
                files['teams.tsv'] = text((t, b','.join(sorted(a))) for t, a in members.items())
                of = {a: d for d, aliases in drawn.items() for a in aliases}
                eligible = {d['code']: [t for t in members if self.team_eligible(members[t], of, d)] for d in c['demands']}
                team_of = {a: t for t, aliases in members.items() for a in aliases}
                run, out = m1_leaving(
                    h, s, 'match/d00', [(i, demand[i]['code'], 1) for i in subjects], list(members), eligible,
                    {i: {team_of[a] for a in who if a in team_of} for i, who in against.items()},
                    m['cap'], tau, mix, with_pair=True)
                files['assignment.tsv'] = text((i, t[0]) for i, t in run.assignment.items())
                report.append(dict(run.report, stage='match', authority='d00'))
                pair = run.pair
                for i in out:
                    left[i].append(b'd00')
            else:
                for p in c['pools']:
                    d = p['authority']
                    parts = {x['code']: a for x in c['demands'] for a in x['authorities'] if a['authority'] == d}
                    mine = [(i, demand[i]['code'], parts[demand[i]['code']]['members'])
                            for i in subjects if demand[i]['code'] in parts]
                    pool = set(drawn[d])
                    run, out = m1_leaving(
                        h, s, 'match/' + d, mine, drawn[d],
                        {k: self.holding(drawn[d], a['classes']) for k, a in parts.items()},
                        {i: who & pool for i, who in against.items()}, m['cap'], tau, mix, with_pair=True)
                    files['assignment-%s.tsv' % d] = text((i, b','.join(a)) for i, a in run.assignment.items())
                    report.append(dict(run.report, stage='match', authority=d))
                    pair = larger_pair(pair, run.pair)
                    for i in out:
                        left[i].append(d.encode())
            files['unassigned.tsv'] = text((i, b','.join(sorted(ds))) for i, ds in left.items())
            return files, report, pair
        return self.once('matched', compute)

    def check_match(self):
        t = self.need_cert()
        if self.mode == 'none':
            raise Skip()
        files, report, _ = self.matched()
        missing = []
        for n, data in sorted(files.items()):
            if n not in self.files:
                missing.append(n)
            elif self.files[n] != data:
                raise No('%s is not the recomputed one' % n)
        if 'match' in t:
            self._same('the match report', t['match'], report)
        if missing:
            raise Unknown('not there: ' + ', '.join(missing))
        return '%d lists' % len(files)

    def check_pair(self):
        t = self.need_cert()
        if self.mode == 'none' or self.commit['sealed']:
            raise Skip()
        if 'pair' not in t:
            raise Unknown('the certificate has no pair')
        pair = self.matched_pair()
        num, den = int(t['pair']['num']), int(t['pair']['den'])
        if den == 0 or num * pair[1] != pair[0] * den:
            raise No('pair is %d/%d' % pair)
        return '%d/%d' % pair

    def matched_pair(self):
        try:
            return self.matched()[2] or (0, 1)
        except No as e:
            raise Unknown(str(e))

    # ---- 32 to 36

    def events(self):
        """[(name, event, hash)] of the events, in order; Unknown when one of them failed."""
        return [(n, self.manifest(n), self.hash_of(n, 'event')) for n in self.event_names]

    def values_file(self, name):
        """The values file of an event, or None."""
        n = name[:-5] + '.values.json'
        return self.manifest(n) if n in self.files else None

    def values_of(self, name):
        """The value of an event, or None."""
        x = self.values_file(name)
        return x and x['values'][0]

    def recorded_hashes(self):
        """([(record hash, at)] of the certificate, {event hash: record hash} of substitutes)."""
        mine, later = [], {}
        if self.state == 'drawn':
            for _, v in self.valued('dice', 'lottery'):
                mine.append((self.record_hash(v, 'commit', self.commit_hash), v['at']))
        for n, e, eh in self.events():
            if e['type'] == 'substitute':
                v = self.values_of(n)
                if v is not None and 'by' in v and 'at' in v:
                    later[eh] = self.record_hash(v, 'event', eh)
        return mine, later

    def leaves(self):
        """The leaves of proofs.json that are in the tree of its checkpoint: [(index, leaf, raw leaf hash)]."""
        def compute():
            p = self.manifest('proofs.json')
            try:
                cp = parse_checkpoint(p['checkpoint'])
                out = []
                for x in p['leaves']:
                    raw = sha256(b'\0' + x['leaf'].encode('utf-8')).digest()
                    if path_root(x['index'], cp.size, raw, [bytes.fromhex(y) for y in x['path']]) != cp.root:
                        raise Bad('leaf %d is not in the tree' % x['index'])
                    leaf = parse_jcs(x['leaf'].encode('utf-8'))
                    LEAF(leaf, 'leaf %d' % x['index'])
                    out.append((x['index'], leaf, raw))
            except Bad as e:
                raise No(str(e))
            return cp, out
        return self.once('leaves', compute)

    def find_leaf(self, t, digest, draw=None):
        for i, leaf, raw in self.leaves()[1]:
            if leaf['type'] == t and leaf['hash'] == digest and draw in (None, leaf['draw']):
                return i, leaf, raw
        raise No('no leaf of type %s for %s' % (t, digest[:16]))

    def needed_leaves(self):
        """The leaves that this bundle needs, as groups in the order of log.order, each leaf with the `at` of what
        it logs (0 for the plan): [[((index, leaf, raw), at)]], and [(event leaf, record leaf)] of substitutes."""
        def compute():
            c = self.commit
            draw = c['draw_id']
            plan = self.h(self.files.get('plan.json', b'')).hexdigest()
            self.manifest('plan.json')
            groups = [[(self.find_leaf('plan', plan, c['plan']['ref']), 0)],
                      [(self.find_leaf('commit', self.commit_hash, draw), c['at'])]]
            leaf = groups[1][0][0][1]
            for f, v in (('authority', c['authority']), ('seq', c['seq']), ('prev', c['prev']),
                         ('plan_ref', c['plan']['ref']), ('draw_no', c['plan']['draw_no'])):
                self._same('%s of the commit leaf' % f, leaf[f], v)
            if 'close.json' in self.files:
                groups.append([(self.find_leaf('close', self.close_hash, draw), self.close['at'])])
            mine, later = self.recorded_hashes()
            groups.append([(self.find_leaf('record', x, draw), at) for x, at in mine])
            if self.state == 'drawn':
                groups.append([(self.find_leaf('cert', self.cert_hash, draw), self.cert['at'])])
            for _, e, eh in self.events():
                groups.append([(self.find_leaf('void' if e['type'] == 'void' else 'event', eh, draw), e['at'])])
            after = [(self.find_leaf('event', eh, draw), self.find_leaf('record', x, draw)) for eh, x in later.items()]
            return groups, after
        return self.once('needed leaves', compute)

    def check_log_proofs(self):
        cp, leaves = self.leaves()
        groups, _ = self.needed_leaves()
        c = self.commit
        if c['seq'] > 1:
            self.find_leaf('commit', c['prev'])
        if self.state == 'drawn':
            log = self.cert['log']
            p = self.manifest('proofs.json')
            try:
                old = parse_checkpoint(log['checkpoint'])
                if old.origin != cp.origin:
                    raise Bad('the two checkpoints are of different logs')
                for name, (i, _, raw) in zip(('plan', 'commit', 'close'), (g[0][0] for g in groups[:3])):
                    if log[name]['index'] != i:
                        raise Bad('the certificate has another index for %s' % name)
                    if path_root(i, old.size, raw, [bytes.fromhex(y) for y in log[name]['path']]) != old.root:
                        raise Bad("the certificate's proof of %s does not hold" % name)
                check_consistency(old.size, old.root, cp.size, cp.root, [bytes.fromhex(y) for y in p['consistency']])
            except Bad as e:
                raise No(str(e))
        return '%d leaves, tree of %d' % (len(leaves), cp.size)

    def logged(self, f):
        """f(), where what log.proofs should have shown is unknown here."""
        if self.results.get('log.proofs') == 'no':
            raise Unknown('log.proofs failed')
        return f()

    def check_log_order(self):
        groups, after = self.logged(self.needed_leaves)
        last_i, last_at = -1, 0
        for g in groups:
            if not g:
                continue
            if min(x[0] for x, _ in g) <= last_i:
                raise No('a leaf stands too early')
            for (i, leaf, _), at in sorted(g, key=lambda x: x[0][0]):
                if leaf['at'] < last_at:
                    raise No('the time of the leaves falls')
                if leaf['at'] < at:
                    raise No('leaf %d (%s) is older than what it logs' % (i, leaf['type']))
                if leaf['type'] == 'close' and leaf['at'] > self.commit['close_by']:
                    raise No('the leaf of the close is younger than close_by')
                last_i, last_at = max(last_i, i), leaf['at']
        for (i, e, _), (j, r, _) in after:
            if j <= i or r['at'] < e['at']:
                raise No('a record stands before its event')
        c = self.commit
        mine = {x[0] for g in groups for x, _ in g} | {r[0] for _, r in after}
        for i, leaf, _ in self.leaves()[1]:
            if i in mine or leaf['type'] == 'plan':
                continue
            if leaf['draw'] == c['draw_id']:
                raise No('leaf %d (%s) is of this draw, but not in this bundle' % (i, leaf['type']))
            if leaf['type'] == 'commit' and (leaf['plan_ref'], leaf['draw_no']) == (c['plan']['ref'], c['plan']['draw_no']) and \
                    leaf['hash'] != c.get('supersedes'):
                raise No('leaf %d is another commitment of the same plan entry and draw_no' % i)
        return ''

    def check_log_sequence(self):
        c = self.commit
        if c['seq'] == 1 and 'supersedes' not in c:
            raise Skip()
        mine = self.logged(lambda: self.find_leaf('commit', self.commit_hash, c['draw_id']))[0]
        if c['seq'] > 1:
            i, leaf, _ = self.find_leaf('commit', c['prev'])
            if i >= mine:
                raise No('the previous commitment does not stand before this one')
            self._same('seq of the previous commitment', leaf['seq'], c['seq'] - 1)
            self._same('authority of the previous commitment', leaf['authority'], c['authority'])
        if 'supersedes' in c:
            try:
                _, old, _ = self.find_leaf('commit', c['supersedes'])
            except No:
                raise Unknown('the superseded commitment is not shown')
            self._same('plan_ref or draw_no of the superseded commitment', (old['plan_ref'], old['draw_no']),
                       (c['plan']['ref'], c['plan']['draw_no']))
            its = [(i, leaf['type']) for i, leaf, _ in self.leaves()[1] if leaf['draw'] == old['draw']]
            if any(t == 'cert' for _, t in its):
                raise No('the superseded draw has a certificate')
            if not any(t == 'void' and i < mine for i, t in its):
                raise Unknown('no void of the superseded draw stands before this commitment')
        return ''

    def trusted_policy(self):
        """The policy, where freshness can be shown under it."""
        p = self.policy
        if p is None:
            raise Unknown('no policy was given')
        try:
            obj(v=V, log=obj(origin=TEXT, key=HEX64), quorum=POS, faults=INT, demo_=BOOL,
                witnesses=arr(obj(name=TEXT, key=HEX64)))(p, 'policy')
        except Bad as e:
            raise Unknown('the policy is not one: %s' % e)
        w = p['witnesses']
        if any(len({x[f] for x in w}) != len(w) for f in ('name', 'key')) or 2 * p['quorum'] <= len(w) + p['faults']:
            raise Unknown('the policy has too small a quorum, or a witness twice')
        if p.get('demo'):
            raise Unknown('a policy for demonstration shows nothing')
        if self.results.get('log.proofs') != 'yes':
            raise Unknown('log.proofs does not hold')
        return p

    def seen(self, *wanted):
        """That the policy's log signed each checkpoint and a quorum of its witnesses cosigned all of them, each at a
        time that is good for it. wanted: (text, whether a time is good)."""
        p = self.trusted_policy()
        cps = []
        for text, good in wanted:
            try:
                cp = parse_checkpoint(text)
            except Bad as e:
                raise Unknown(str(e))
            if cp.origin != p['log']['origin'] or not log_signature_holds(cp, cp.origin, bytes.fromhex(p['log']['key'])):
                raise Unknown("a checkpoint is not signed by the policy's log")
            cps.append((cp, good))
        n = sum(all(any(map(good, cosignature_times(cp, x['name'], bytes.fromhex(x['key'])))) for cp, good in cps)
                for x in p['witnesses'])
        if n < p['quorum']:
            raise Unknown('only %d of the %d witnesses needed cosigned in time' % (n, p['quorum']))
        return '%d witnesses' % n

    def check_freshness(self):
        self.trusted_policy()
        c = self.commit
        now = self.manifest('proofs.json')['checkpoint']
        if self.state == 'void':
            if any(e['reason'] != 'cancelled' for _, e, _ in self.events() if e['type'] == 'void'):
                raise Unknown('that nobody closed, or that a beacon was absent, no bundle can show')
            return self.seen((now, lambda y: y <= c['close_by']))
        first = min([s['not_before'] for s in c['sources'] if 'not_before' in s] +
                    [drand_time(s['round']) for s in c['sources'] if s['kind'] == 'drand'] or [0])
        in_time = lambda y: y <= c['close_by'] and y + 10 < first
        if self.state == 'drawn':
            return self.seen((self.cert['log']['checkpoint'], in_time), (now, lambda y: True))
        return self.seen((now, in_time))

    def check_signatures(self):
        c = self.commit
        sigs = self.manifest('signatures.json')['signatures']
        known = {('commit', self.commit_hash)}
        unknown = []

        def learn(f):
            try:
                known.update(f())
            except Unknown as e:
                unknown.append(str(e))
        if 'close.json' in self.files:
            learn(lambda: [('close', self.close_hash)])
            learn(lambda: [('contrib', tag(self.h, 'contrib', jcs(
                {'v': 'vdp1', 'commit': self.commit_hash, 'id': o['id'], 'value': o['value']})))
                for o in self.close['observers']])
        if self.state == 'drawn':
            learn(lambda: [('cert', self.cert_hash)])
        learn(lambda: [('event', eh) for _, _, eh in self.events()])

        def records():
            mine, later = self.recorded_hashes()
            return [('contrib', x) for x in [y for y, _ in mine] + list(later.values())]
        learn(records)
        keys = {s['by']: (s['alg'], s['key']) for s in c['signers']}
        stray = None
        for s in sigs:
            if not signature_holds(s['alg'], s['key'], s['hash'].encode(), s['value']):
                raise No('the signature of %s on a %s does not verify' % (s['by'], s['of']))
            if s['by'] in keys and keys[s['by']] != (s['alg'], s['key']):
                raise No('%s signed with another key than the committed one' % s['by'])
            if (s['of'], s['hash']) not in known:
                stray = s
        if stray and not unknown:
            raise No('a signature of %s is of nothing in this bundle' % stray['by'])
        if self.state == 'drawn':
            try:
                self._require_signed('cert', self.cert_hash, 'authority')
            except Unknown as e:
                unknown.append(str(e))
        q = c['matching'].get('max_conflicts')
        if q and 4 * q['num'] > q['den']:
            self._require_signed('commit', self.commit_hash, 'oversight')
        if unknown:
            raise Unknown('; '.join(unknown))
        return '%d signatures' % len(sigs)

    # ---- 37 to 40

    def check_events_chain(self):
        if not self.event_names and not self.values_names:
            raise Skip()
        prev, at = (self.cert_hash, self.cert['at']) if self.state == 'drawn' else (self.commit_hash, 0)
        for k, (n, e, eh) in enumerate(self.events()):
            if e['n'] != k + 1 or n != 'events/%04d.json' % e['n']:
                raise No('%s has n = %d as number %d' % (n, e['n'], k + 1))
            self._same('prev of %s' % n, e['prev'], prev)
            self._same('draw of %s' % n, e['draw'], self.commit['draw_id'])
            if e['by'] == e['approved_by']:
                raise No('%s is approved by the one who made it' % n)
            if e['at'] < at:
                raise No('the time of the events falls, or is before that of the certificate')
            prev, at = eh, e['at']
        for n in self.values_names:
            if self._event_type(n[:-len('.values.json')] + '.json') != 'substitute':
                raise No('%s goes with no substitute' % n)
        return '%d events' % len(self.event_names)

    def replay(self):
        """(the No or Unknown of events.rules or None, that of events.substitute, [(event, id)]: who entered,
        {event: id or ''} of all events that hold)."""
        return self.once('replay', _Replay(self).play)

    def check_events_rules(self):
        if not self.event_names:
            raise Skip()
        error = self.replay()[0]
        if error is not None:
            raise error
        return '%d events' % len(self.event_names)

    def check_events_substitute(self):
        if not any(self._event_type(n) == 'substitute' for n in self.event_names):
            raise Skip()
        error = self.replay()[1]
        if error is not None:
            raise error
        return ''

    def check_single(self):
        types = [self._event_type(n) for n in self.event_names]
        if 'void' in types and 'certificate.json' in self.files:
            raise No('a certificate goes with a void')
        for t in ('void', 'open'):
            if types.count(t) > 1:
                raise No('more than one %s' % t)
        if any(n in self.bad_bytes for n in self.event_names):
            raise Unknown('an event failed')
        return ''


class _Replay(object):
    """Section 7: the current list and the current teams, event by event."""

    def __init__(self, v):
        self.v = v
        self.members, self.came = None, []

    def play(self):
        v = self.v
        rules = wrong = later = None
        try:
            events = v.events()
        except Unknown as e:
            return e, e, [], {}
        self.voided, self.opens = False, 0
        self.skips = collections.Counter()
        self.left, self.waiting, self.blind = set(), set(), set()
        self.holding = None
        entered = {}
        for name, e, eh in events:
            first = self.attempt(name, getattr(self, 'on_' + e['type']), name, e)
            rules = self.worse(rules, first)
            then = Unknown('%s failed' % name) if isinstance(first, No) else None
            if e['type'] == 'substitute' and then is None:
                then = self.attempt(name, self.value_holds, name, e, eh)
                if isinstance(then, No):
                    wrong = wrong or then
                if then is None:                        # who enters does not hang on whether it was fresh
                    stale = self.attempt(name, self.value_is_fresh, name, e)
                    then = self.attempt(name, self.enter, name, e, eh)
                    later = later or stale
            if e['type'] == 'substitute':
                later = later or then
            if first is None and then is None:
                entered[e['n']] = dict(self.came).get(e['n'], '')
        return rules, wrong or later, self.came, entered

    def attempt(self, name, f, *args):
        """The No or Unknown that f raises, or None."""
        try:
            if self.voided:
                raise No('follows a void')
            f(*args)
        except (No, Unknown) as x:
            return type(x)('%s: %s' % (name, x))

    @staticmethod
    def worse(a, b):
        return b if a is None or isinstance(b, No) and not isinstance(a, No) else a

    # -- subjects

    def start_members(self):
        if self.members is None:
            if self.v.state != 'drawn':
                raise No('there is no certificate')
            self.members = set(self.v.drawn()['order'])
            self.ever = set(self.members)

    def on_skip(self, name, e):
        v = self.v
        self.start_members()
        d = v.drawn()
        i, s = e['id'].encode(), e['stratum'].encode()
        if v.kind == 'coverage':
            raise No('a skip in full coverage')
        if i not in self.members or d['stratum'][i] != s:
            raise No('%s is not a current member of %s' % (e['id'], e['stratum']))
        self.skips[s] += 1
        if self.skips[s] > v.commit['max_skips']:
            raise No('more skips in %s than max_skips' % e['stratum'])
        self.members.discard(i)
        group = d['groups'][int(d['weight'][i]) if v.kind == 'pps' else s]
        new = next((x for _, x in group if x not in self.ever), None)       # in ticket order
        if new is not None:
            self.members.add(new)
            self.ever.add(new)
            self.came.append((e['n'], new.decode()))
        if v.mode != 'none':
            try:
                self.start_people()
                self.pass_on(i, new)
            except Unknown:                             # a substitute that needs it will find the same
                pass

    # -- void and open

    def on_void(self, name, e):
        c = self.v.commit
        self.voided = True
        has_close = 'close.json' in self.v.files
        at, by = e['at'], c['close_by']
        if not {'cancelled': at < by, 'not_closed': at >= by and not has_close,
                'beacon_absent': at > by and has_close}[e['reason']]:
            raise No('%s does not hold' % e['reason'])

    def on_open(self, name, e):
        v = self.v
        c = v.commit
        self.opens += 1
        if not c['sealed']:
            raise No('the draw is not sealed')
        if self.opens > 1:
            raise No('opened twice')
        if 'open_at' not in c:
            raise Unknown('the commitment has no open_at')
        if e['at'] < c['open_at']:
            raise No('opened before open_at')
        if not v.secrets_hold(e['secrets']):
            raise No('the secrets are not the committed ones')

    # -- people

    def start_people(self):
        """holding: unit -> [set of aliases, subjects]; a unit is a team, or a subject in mode subjects."""
        if self.holding is not None:
            return
        v = self.v
        if v.state != 'drawn':
            raise No('there is no certificate')
        if v.mode == 'none':
            raise No('nobody was assigned')
        if v.results.get('cert.lists') == 'no':
            raise Unknown('cert.lists failed')
        holding = {}
        if v.mode == 'teams':
            for t, aliases in v.raw_list('teams.tsv').map.items():
                holding[t] = [set(aliases), []]
            for i, t in v.raw_list('assignment.tsv').map.items():
                if t not in holding:
                    raise Unknown('assignment.tsv names a team that is not there')
                holding[t][1].append(i)
        else:
            for p in v.commit['pools']:
                for i, aliases in v.raw_list('assignment-%s.tsv' % p['authority']).map.items():
                    holding.setdefault(i, [set(), [i]])[0].update(aliases)
        self.of = {a: d.decode() for a, d in v.list('inspectors.tsv').records}
        self.holding = holding

    def pass_on(self, gone, new):
        """Nobody holds the skipped subject; in mode teams its team holds the new one where it can."""
        v = self.v
        if v.mode == 'subjects':
            self.holding.pop(gone, None)
            return
        for aliases, subjects in self.holding.values():
            if gone in subjects:
                subjects.remove(gone)
                if new is not None and v.level == 'L2':
                    conflicts = v.people()[2]
                    if v.team_eligible(aliases, self.of, v.demand_of([new])[new]) and not any(
                            new in conflicts.get(a, ()) for a in aliases):
                        subjects.append(new)

    def unit(self, e):
        """The unit that the leaver is in; No or Unknown without one."""
        a = e['id'].encode()
        if self.v.mode == 'subjects':
            s = e['subject'].encode()
            units = [s] if s in self.holding and a in self.holding[s][0] else []
        else:
            units = [t for t, (aliases, _) in self.holding.items() if a in aliases]
        if units:
            return units[0]
        if self.of.get(a) in self.blind and a not in self.left:
            raise Unknown('who entered before can be named only at L2')
        raise No('%s is in no current team' % e['id'])

    def on_substitute(self, name, e):
        self.start_people()
        if ('subject' in e) != (self.v.mode == 'subjects'):
            raise No('subject is present or missing against the mode')
        src, at = e['source'], e['at']
        try:
            if outcomes(src) < 2 ** 32:
                raise No('the source has fewer than 2^32 outcomes')
        except Bad as x:
            raise No(str(x))
        if src['kind'] == 'drand':
            if not at < drand_time(src['round']) <= at + 600:
                raise No('the round is not within ten minutes after the event')
        elif src['not_before'] <= at:
            raise No('not_before is not after the event')
        if self.of.get(e['id'].encode()) in self.waiting:
            raise No('another substitute of the same authority waits')
        self.unit(e)

    def value_holds(self, name, e, eh):
        """The values file of a substitute: form, beacon or record, and the event's leaf in its checkpoint."""
        v = self.v
        value = v.values_of(name)
        if value is None:
            return
        src = e['source']
        v._same('event of the values', v.values_file(name)['event'], eh)
        if value['id'] != 'fresh':
            raise No('the value is not that of source fresh')
        if not value_fields(src, value):
            raise No('the value has not the fields of a %s' % src['kind'])
        try:
            outcomes(src)
            fits = value_possible(src, value['value'])
        except Bad as x:
            raise Unknown(str(x))
        if not fits:
            raise No('the source cannot give its value')
        if src['kind'] == 'drand':
            v._drand_holds(src, value)
        else:
            v._record_holds(src, value, 'event', eh, (e['by'], e['approved_by']))
        log = v.values_file(name)['log']
        leaves = v.logged(v.leaves)[1]
        raw = [r for i, leaf, r in leaves if (i, leaf['type'], leaf['hash'], leaf['draw']) == (
            log['index'], 'event', eh, v.commit['draw_id'])]
        if not raw:
            raise No('leaf %d is not that of the event' % log['index'])
        try:
            cp = parse_checkpoint(log['checkpoint'])
            if path_root(log['index'], cp.size, raw[0], [bytes.fromhex(x) for x in log['path']]) != cp.root:
                raise Bad('the event is not in the checkpoint of its values')
        except Bad as x:
            raise No(str(x))

    def value_is_fresh(self, name, e):
        """That the witnesses saw the event before its source could speak."""
        v, src = self.v, e['source']
        if v.values_of(name) is None:
            return
        first = drand_time(src['round']) if src['kind'] == 'drand' else src['not_before']
        v.seen((v.values_file(name)['log']['checkpoint'], lambda y: y + 10 < first))

    def enter(self, name, e, eh):
        """Who enters."""
        v = self.v
        value = v.values_of(name)
        if value is None:
            self.start_people()
            self.waiting.add(self.of.get(e['id'].encode()))
            raise Unknown('its source has not spoken')
        self.start_people()
        a = e['id'].encode()
        try:
            unit = self.unit(e)
        except No as x:
            raise Unknown(str(x))
        d = self.of.get(a)
        aliases, subjects = self.holding[unit]
        if v.level != 'L2':
            aliases.discard(a)
            self.left.add(a)
            self.blind.add(d)
            raise Unknown('who enters can be named only at L2')
        seed = tag(v.h, 'seed', jcs({'commit': v.commit_hash, 'event': eh, 'parent': v.good_seed(),
                                     'values': [{'id': 'fresh', 'value': value['value']}]}))
        pool, _, conflicts = v.people()
        demand = v.demand_of(subjects)
        busy = aliases if v.mode == 'subjects' else set().union(*(x[0] for x in self.holding.values()))
        fits = []
        for x in pool.get(d, ()):
            if x in busy or x in self.left or x == a or not conflicts.get(x, set()).isdisjoint(subjects):
                continue
            if v.mode == 'subjects':
                part = [p for p in demand[unit]['authorities'] if p['authority'] == d]
                ok = bool(part) and bool(v.holding([x], part[0]['classes']))
            else:
                team = (aliases - {a}) | {x}
                ok = all(v.team_eligible(team, self.of, k) for k in {id(k): k for k in demand.values()}.values())
            if ok:
                fits.append(x)
        aliases.discard(a)
        self.left.add(a)
        if not fits:
            raise No('there is no candidate')
        new = ranked(v.h, stage_key(v.h, seed, 'substitute/%d' % e['n']), fits)[0]
        aliases.add(new)
        self.came.append((e['n'], new.decode()))


# --------------------------------------------------------------------------- command line

WORDS = {
    'en': {'yes': 'yes', 'no': 'NO', 'unknown': 'unknown', 'verified': 'VERIFIED', 'contradicted': 'CONTRADICTED',
           'indeterminate': 'INDETERMINATE', 'verdict': 'verdict', 'weak': 'weak (fewer than 2^128 outcomes from outside)',
           'code': 'code', 'state': 'state', 'level': 'level'},
    'zh': {'yes': '成立', 'no': '不成立', 'unknown': '未定', 'verified': '核验通过', 'contradicted': '存在矛盾',
           'indeterminate': '无法定论', 'verdict': '结论', 'weak': '外部随机性偏弱（少于 2^128 种可能）',
           'code': '代码', 'state': '状态', 'level': '级别'},
}
EXIT = {'verified': 0, 'contradicted': 1, 'indeterminate': 2}


def verify(path, policy=None):
    """The report on a bundle (folder or zip). policy is a parsed policy or None. Never raises."""
    return Verifier(path, policy).run()


def format_report(report, lang='en'):
    w = WORDS[lang]
    claim = {c[0]: c[3 if lang == 'zh' else 2] for c in CHECKS}
    out = []
    for c in report['checks']:
        out.append('%-8s %-19s %s%s' % (w[c['holds']], c['id'], claim[c['id']], ' | ' + c['detail'] if c['detail'] else ''))
    out.append('')
    for k in sorted(report['facts']):
        out.append('%s: %s' % (k, json.dumps(report['facts'][k]) if isinstance(report['facts'][k], dict) else report['facts'][k]))
    out.append('%s: %s   %s: %s' % (w['state'], report['state'], w['level'], report['level']))
    out.append('%s: %s%s%s' % (w['verdict'], w[report['verdict']], '   %s: %s' % (w['code'], report['code']) if report['code'] else '',
                               '   ' + w['weak'] if report['weak'] else ''))
    return '\n'.join(out)


def main(argv=None):
    ap = argparse.ArgumentParser(description='Verify a VDP/1 bundle.')
    ap.add_argument('bundle')
    ap.add_argument('--policy', help='the policy pinned by you: log, witnesses, quorum')
    ap.add_argument('--json', action='store_true')
    ap.add_argument('--lang', choices=('zh', 'en'), default='en')
    args = ap.parse_args(argv)
    policy = None
    if args.policy:
        try:
            with open(args.policy, 'rb') as f:
                policy = json.loads(f.read().decode('utf-8'))
        except (OSError, ValueError) as e:
            sys.stderr.write('the policy cannot be read: %s\n' % e)
            policy = {}
    report = verify(args.bundle, policy)
    text = json.dumps(report, ensure_ascii=False, indent=1) if args.json else format_report(report, args.lang)
    sys.stdout.buffer.write(text.encode('utf-8', 'replace') + b'\n')
    return EXIT[report['verdict']]


if __name__ == '__main__':
    sys.exit(main())
