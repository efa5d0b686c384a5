// How the comparison finds its way in this project's page. Copied to `adapters/own.mjs` of the comparison, with
// `questionnaire.mjs` beside it as `gen/own.mjs`; `OWN_DIST` names the built site (`target/site`).
import { questionnaire } from '../gen/own.mjs';
import { MIN, MAX, OPTIONS } from '../gen/model.mjs';

const { OWN_DIST, OWN_URL } = process.env;

export default {
  enabled: Boolean(OWN_DIST || OWN_URL),
  id: 'own', title: 'intake', version: process.env.OWN_VERSION, dialect: 'intake',
  dist: OWN_DIST, baseUrl: OWN_DIST ? undefined : OWN_URL,
  variants: (process.env.OWN_VARIANTS ?? 'one,paged').split(','),
  form: (model, variant) => ({
    type: 'application/json',
    body: JSON.stringify(questionnaire({ ...model, min: MIN, max: MAX, options: OPTIONS }, variant)),
  }),
  selectors: {
    question: '.question:not(.question-computed)',
    input: () => 'input',
    option: (v) => `input[value="${v}"]`,
    bool: (v) => `input[value="${v}"]`,
    // The total is the first question of the form, the end of the chain the fifty-first.
    total: '[id^="q0-"] .output', chain: '[id^="q50-"] .output',
    submit: 'button.button-large', errors: '.message-error',
  },
  controls: { date: 3, boolean: 2 },
  equivalence: {
    total: 'native', chain: 'native', visibility: 'native', pages: 'native', validation: 'native',
    notes: 'a date has three boxes and a boolean two buttons; no reasons for a missing answer, as the others have none',
  },
};
