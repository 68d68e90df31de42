// The closed, ordered table of checks: spec section 10. The code of a contradiction is an id of this table.

export type Part =
  | 'bundle'
  | 'commitment'
  | 'register'
  | 'close'
  | 'randomness'
  | 'certificate'
  | 'subjects'
  | 'people'
  | 'log'
  | 'time'
  | 'signatures'
  | 'events'

interface CheckRow {
  readonly claim: string
  readonly part: Part
}

/** Every check in its order of running. */
export const CHECKS = {
  'bundle.files': {
    claim: 'every file that this state must have is there, and no second certificate (certificate*.json)',
    part: 'bundle',
  },
  'manifest.bytes': { claim: 'every manifest is its own strict JCS', part: 'bundle' },
  'manifest.fields': {
    claim: 'every manifest has exactly its fields, in their grammars and stated orders',
    part: 'bundle',
  },
  'list.form': { claim: 'every list obeys 2.4–2.6', part: 'bundle' },
  'plan.entry': {
    claim:
      'commit.plan is this plan entry: ref, hash, authority, draw_no ≤ draws; design and strata codes are equal; num ≤ den; ratios (mins) name exactly the strata',
    part: 'commitment',
  },
  'commit.rules': { claim: "the rules of section 3 between the commitment's fields", part: 'commitment' },
  'commit.lists': {
    claim:
      'every committed list present has the rows, hash and root that the commitment states; people.json opens people',
    part: 'commitment',
  },
  'register.partition': {
    claim: 'no id is in both population and exclusions; rows and root of the register',
    part: 'register',
  },
  'strata.rows': {
    claim:
      "the population's strata and their rows are those of the commitment; demands.tsv names exactly the population and only committed codes; inspectors.tsv has the pools' rows and no other authority; at L2 attributes.tsv names exactly its aliases and conflicts.tsv no others",
    part: 'register',
  },
  quota: { claim: 'every n follows from the design, and none is 0', part: 'commitment' },
  'sources.rules': { claim: 'the sources obey section 4 and suffice', part: 'commitment' },
  software: {
    claim: 'the verifier page, check.py and verify.sh in the bundle are the committed ones',
    part: 'bundle',
  },
  'close.commit': {
    claim: 'the close names this commitment; commit.at ≤ close.at ≤ close_by; escrow as section 3',
    part: 'close',
  },
  'close.files': { claim: 'the close repeats the committed hashes', part: 'close' },
  'close.observers': { claim: 'ids without gap, values as section 3', part: 'close' },
  'close.preflight': { claim: 'section 10.1 holds', part: 'close' },
  'close.signed': { claim: 'the oversight authority signed the close', part: 'close' },
  'values.order': {
    claim: "one value per source in committed order, the first the close's hash",
    part: 'randomness',
  },
  'values.form': { claim: 'every value is one that its source can give', part: 'randomness' },
  'values.drand': {
    claim: "the beacon's signature is quicknet's for the committed round, and the value its SHA-256",
    part: 'randomness',
  },
  'values.record': {
    claim:
      'each dice and lottery value is signed by the two outsiders who are named, with different keys; not_before ≤ at ≤ certificate.at',
    part: 'randomness',
  },
  'values.secret': {
    claim:
      'an opened secret of a sealed draw is the committed one; where it is not, no salted list is judged',
    part: 'randomness',
  },
  'cert.commit': {
    claim: 'the certificate names this commitment and close, alg, draw_id, software, weak; at',
    part: 'certificate',
  },
  'cert.lists': {
    claim: 'the result lists are exactly those of the mode and have the stated rows and hashes (roots)',
    part: 'certificate',
  },
  seed: { claim: 'S follows from commitment, close and values', part: 'randomness' },
  selection: { claim: 'selection.tsv (batches.tsv) is the recomputed one, byte for byte', part: 'subjects' },
  probabilities: {
    claim: 'strata, classes, cut, next, pi and least_pi are the recomputed ones',
    part: 'subjects',
  },
  inspectors: { claim: 'the draw of inspectors (counts, cut, next) is the recomputed one', part: 'people' },
  assignment: {
    claim:
      'every drawn subject is assigned once or stands in unassigned.tsv; teams and aliases are drawn ones, of the stated authorities and sizes, no one in two teams',
    part: 'people',
  },
  match: { claim: 'teams, assignment, unassigned, match report are the recomputed ones', part: 'people' },
  pair: { claim: 'the highest pair probability is the recomputed one, as a fraction', part: 'people' },
  'log.proofs': {
    claim:
      "every leaf needed (plan, commit, close, records, cert, events, previous commitment when seq > 1) is in the tree of proofs.checkpoint, with the right type and hash; the certificate's proofs hold in its checkpoint; the two are consistent",
    part: 'log',
  },
  'log.order': {
    claim:
      "plan < commit < close < the records of the certificate < cert < events by index, and at does not fall; a substitute's record after its event; every leaf with this draw's id is one that this bundle has (no second close or certificate, no event held back), and no other commit leaf has the same plan_ref and draw_no but the one that supersedes names",
    part: 'log',
  },
  'log.sequence': {
    claim:
      "the previous commitment's leaf has the same authority, seq − 1, the hash prev, and stands before this one's",
    part: 'log',
  },
  freshness: { claim: 'section 8', part: 'time' },
  signatures: {
    claim:
      'every signature verifies and is of something in this bundle; the lead authority signed the certificate; the oversight signed the commitment where max_conflicts > 1/4; keys of signers are the committed ones',
    part: 'signatures',
  },
  'events.chain': {
    claim:
      'n, file number, prev, draw, two persons, at does not fall; a values file only beside a substitute',
    part: 'events',
  },
  'events.rules': { claim: 'section 7, all but who enters as substitute', part: 'events' },
  'events.substitute': {
    claim: 'the values of substitutes (form, drand, records) hold, and the candidate can be named',
    part: 'events',
  },
  single: { claim: 'no certificate with a void, at most one void, open and certificate', part: 'events' },
} as const satisfies Record<string, CheckRow>

export type CheckId = keyof typeof CHECKS

/** The ids in order. */
export const CHECK_IDS = Object.keys(CHECKS) as CheckId[]
