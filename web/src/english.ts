import accounts from '../../words/en/console-accounts.json' with { type: 'json' }
import agencies from '../../words/en/console-agencies.json' with { type: 'json' }
import audit from '../../words/en/console-audit.json' with { type: 'json' }
import law from '../../words/en/console-law.json' with { type: 'json' }
import operations from '../../words/en/console-operations.json' with { type: 'json' }
import problems from '../../words/en/problems.json' with { type: 'json' }
import console from '../../words/en/console.json' with { type: 'json' }

/** The same sentences in English. */
export const english = { console, agencies, law, audit, accounts, operations, problems }
