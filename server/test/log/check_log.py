#!/usr/bin/env python3
"""A second implementation of the checks of docs/operations/log.md, with the standard library alone.

    check_log.py receipt RECEIPT.json POLICY.json    exit code 0 where the receipt holds, else 1
    check_log.py vectors VECTORS.json                agrees with every case of the file, or says with which not

The signature arithmetic is that of the draw's own checker, draw/vectors/check.py.
"""

import importlib.util
import json
import pathlib
import re
import sys
from hashlib import sha256

_DRAW = pathlib.Path(__file__).resolve().parents[3] / 'draw' / 'vectors' / 'check.py'
_SPEC = importlib.util.spec_from_file_location('draw_check', _DRAW)
draw = importlib.util.module_from_spec(_SPEC)
_SPEC.loader.exec_module(draw)

TYPES = {
    ('log', 'ed25519'): b'\x01',
    ('log', 'sm2'): b'\xffsunlot.example/signed-note/sm2-with-sm3',
    ('witness', 'ed25519'): b'\x04',
    ('witness', 'sm2'): b'\xffsunlot.example/cosignature/sm2-with-sm3/v1',
}
HEX64 = re.compile('[0-9a-f]{64}')


def signature_holds(alg, key, message, signature):
    if len(signature) != 64:
        return False
    try:
        check = draw.ed25519_verify if alg == 'ed25519' else draw.sm2_verify
        return bool(check(key, message, signature))
    except (draw.Bad, ValueError):
        return False


def key_id(name, kind, alg, key):
    return sha256(name.encode() + b'\n' + TYPES[kind, alg] + key).digest()[:4]


def rotation_text(rotation):
    return json.dumps(rotation, sort_keys=True, separators=(',', ':'), ensure_ascii=False).encode()


def key_in_force(policy, size):
    """The key that signs a tree of this size, as (alg, bytes), or None where a rotation does not hold."""
    alg, key, since = policy['log']['alg'], policy['log']['key'], 0
    for signed in policy.get('rotations', []):
        rotation = signed['rotation']
        old, new, text = rotation['old'], rotation['new'], rotation_text(rotation)
        by_old = signature_holds(old['alg'], bytes.fromhex(old['key']), text, bytes.fromhex(signed['by_old']))
        by_new = signature_holds(new['alg'], bytes.fromhex(new['key']), text, bytes.fromhex(signed['by_new']))
        if rotation['size'] < since or old['key'] != key or not (by_old and by_new):
            return None
        if rotation['size'] > size:
            break
        alg, key, since = new['alg'], new['key'], rotation['size']
    return alg, bytes.fromhex(key)


def signed_by_log(policy, note):
    found = key_in_force(policy, note.size)
    if found is None or note.origin != policy['log']['name']:
        return False
    alg, key = found
    wanted = key_id(note.origin, 'log', alg, key)
    return any(name == note.origin and kid == wanted and signature_holds(alg, key, note.text, signature)
               for name, kid, signature in note.signatures)


def cosigned(note, witness):
    key = bytes.fromhex(witness['key'])
    wanted = key_id(witness['name'], 'witness', witness['alg'], key)
    for name, kid, signature in note.signatures:
        if name == witness['name'] and kid == wanted and len(signature) == 72:
            at = int.from_bytes(signature[:8], 'big')
            text = b'cosignature/v1\ntime %d\n' % at + note.text
            if signature_holds(witness['alg'], key, text, signature[8:]):
                return True
    return False


def receipt_is_formed(receipt):
    if not isinstance(receipt, dict) or receipt.get('v') != 'sunlot-receipt-1':
        return False
    leaf, index, path, note = (receipt.get(name) for name in ('leaf', 'index', 'path', 'checkpoint'))
    return (isinstance(leaf, str) and isinstance(note, str) and type(index) is int and index >= 0
            and isinstance(path, list) and all(isinstance(p, str) and HEX64.fullmatch(p) for p in path))


def check_receipt(receipt, policy):
    """'holds', or the code of what does not."""
    if not receipt_is_formed(receipt):
        return 'receipt_malformed'
    try:
        note = draw.parse_checkpoint(receipt['checkpoint'])
    except draw.Bad:
        return 'checkpoint_malformed'
    if not signed_by_log(policy, note):
        return 'not_signed_by_log'
    leaf = sha256(b'\x00' + receipt['leaf'].encode()).digest()
    path = [bytes.fromhex(p) for p in receipt['path']]
    try:
        if receipt['index'] >= note.size or draw.path_root(receipt['index'], note.size, leaf, path) != note.root:
            return 'not_included'
    except draw.Bad:
        return 'not_included'
    distinct = {(w['alg'], w['key']): w for w in policy['witnesses']}.values()
    if sum(cosigned(note, w) for w in distinct) < policy['quorum']:
        return 'not_witnessed'
    return 'holds'


def consistency_holds(case):
    older, newer = case['older'], case['newer']
    try:
        draw.check_consistency(older['size'], bytes.fromhex(older['root']), newer['size'],
                               bytes.fromhex(newer['root']), [bytes.fromhex(p) for p in case['path']])
    except draw.Bad:
        return False
    return True


def bent(text):
    return ('0' if text[0] != '0' else '1') + text[1:]


def check_vectors(vectors):
    """What this implementation and the file do not agree on."""
    wrong = [case['name'] for case in vectors['receipts']
             if check_receipt(case['receipt'], case['policy']) != case['finding']]
    for case in vectors['consistency']:
        forged = dict(case, older=dict(case['older'], root=bent(case['older']['root'])))
        if not consistency_holds(case) or consistency_holds(forged):
            wrong.append('consistency from %d' % case['older']['size'])
    return wrong


def read(path):
    with open(path, encoding='utf-8') as file:
        return json.load(file)


def main(arguments):
    if len(arguments) == 3 and arguments[0] == 'receipt':
        finding = check_receipt(read(arguments[1]), read(arguments[2]))
        print(finding)
        return 0 if finding == 'holds' else 1
    if len(arguments) == 2 and arguments[0] == 'vectors':
        vectors = read(arguments[1])
        wrong = check_vectors(vectors)
        for name in wrong:
            print('does not agree:', name)
        print('%d cases' % (len(vectors['receipts']) + len(vectors['consistency'])))
        return 1 if wrong else 0
    print(__doc__)
    return 64


if __name__ == '__main__':
    sys.exit(main(sys.argv[1:]))
