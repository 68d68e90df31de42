"""Runs check.py over many folders in one process: run_check.py CHECK LIST. LIST is JSON: [[folder, policy file or null], …]."""
import functools
import importlib.util
import json
import sys

spec = importlib.util.spec_from_file_location('check', sys.argv[1])
check = importlib.util.module_from_spec(spec)
spec.loader.exec_module(check)
# The same signatures come back in hundreds of bundles: each is verified once.
for name in ('ed25519_verify', 'sm2_verify', 'drand_verify', 'drand_self_test'):
    setattr(check, name, functools.lru_cache(maxsize=None)(getattr(check, name)))

out = []
for folder, policy in json.load(open(sys.argv[2], encoding='utf-8')):
    pinned = json.load(open(policy, encoding='utf-8')) if policy else None
    report = check.verify(folder, pinned)
    unknown = [c['id'] for c in report['checks'] if c['holds'] == 'unknown']
    out.append({'verdict': report['verdict'], 'code': report['code'], 'unknown': unknown})
json.dump(out, sys.stdout)
