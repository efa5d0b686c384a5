// Evaluates the conditions of a questionnaire over responses with fhirpath.js, as a form filler would: the first line
// has the variables and expressions, each further line a response with its day. Comes out with a list of results for
// each expression: one for the form, or one for each row.
const { createRequire } = require('node:module');
const { createInterface } = require('node:readline');
const path = require('node:path');

// The clock stands at the day of the assessment.
let now = new Date();
const Clock = Date;
globalThis.Date = class extends Clock {
  constructor(...given) {
    if (given.length === 0) super(now.getTime());
    else super(...given);
  }
  static now() {
    return now.getTime();
  }
};

const load = createRequire(path.join(process.cwd(), 'package.json'));
const fhirpath = load('fhirpath');
const model = load('fhirpath/fhir-context/r4');
console.warn = () => {};
const keep = { resolveInternalTypes: false };

let form;
const items = (node, link, found = []) => {
  for (const item of node.item ?? []) {
    // A repeat that somebody did not want to answer has an item with the reason and no row.
    if (item.linkId === link && item.extension === undefined) found.push(item);
    items(item, link, found);
  }
  return found;
};
const plain = (value) => (typeof value === 'boolean' || typeof value === 'number' ? value : String(value));

createInterface({ input: process.stdin }).on('line', (line) => {
  const read = JSON.parse(line);
  if (form === undefined) {
    form = read;
    return;
  }
  now = new Clock(`${read.today}T10:00:00Z`);
  const { response } = read;
  const environment = { resource: response };
  for (const [name, expression] of form.variables) {
    environment[name] = fhirpath.evaluate(response, expression, environment, model, keep);
  }
  const results = form.expressions.map(({ expression, repeat }) => {
    if (repeat === undefined) {
      return [fhirpath.evaluate(response, expression, environment, model).map(plain)];
    }
    return items(response, repeat).map((item) => {
      const own = { ...environment };
      for (const [of, name, text] of form.rows) {
        if (of === repeat) {
          const base = { base: 'QuestionnaireResponse.item', expression: text };
          own[name] = fhirpath.evaluate(item, base, own, model, keep);
        }
      }
      const base = { base: 'QuestionnaireResponse.item', expression };
      return fhirpath.evaluate(item, base, own, model).map(plain);
    });
  });
  process.stdout.write(JSON.stringify(results) + '\n');
});
