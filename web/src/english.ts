import accounts from '../../words/en/console-accounts.json' with { type: 'json' }
import agencies from '../../words/en/console-agencies.json' with { type: 'json' }
import audit from '../../words/en/console-audit.json' with { type: 'json' }
import inspectors from '../../words/en/console-inspectors.json' with { type: 'json' }
import catalogue from '../../words/en/console-catalogue.json' with { type: 'json' }
import imports from '../../words/en/console-imports.json' with { type: 'json' }
import draws from '../../words/en/console-draws.json' with { type: 'json' }
import law from '../../words/en/console-law.json' with { type: 'json' }
import operations from '../../words/en/console-operations.json' with { type: 'json' }
import plans from '../../words/en/console-plans.json' with { type: 'json' }
import subjects from '../../words/en/console-subjects.json' with { type: 'json' }
import tasks from '../../words/en/console-tasks.json' with { type: 'json' }
import publicDraws from '../../words/en/public-draws.json' with { type: 'json' }
import problems from '../../words/en/problems.json' with { type: 'json' }
import console from '../../words/en/console.json' with { type: 'json' }

/** The same sentences in English. */
export const english = {
  console,
  agencies,
  catalogue,
  draws,
  imports,
  inspectors,
  law,
  audit,
  accounts,
  operations,
  plans,
  problems,
  publicDraws,
  subjects,
  tasks,
}
