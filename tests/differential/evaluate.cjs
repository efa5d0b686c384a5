// Evaluates FHIRPath with fhirpath.js, for the differential test: one JSON document a line in, one out.
//
//   {"answers": {…}}                      keeps a set of answers, and says nothing
//   {"expression": "…", "answers": [0, 1]}  →  [[items], [items]], one list for each set of answers
//
// An item is a boolean or a text; numbers, dates and times come as the texts that they are. What throws comes as
// {"error": "…"}. `fhirpath` is looked for from the working directory, which is where npm put it.
const { createRequire } = require('node:module');
const { createInterface } = require('node:readline');
const path = require('node:path');

const load = createRequire(path.join(process.cwd(), 'package.json'));
const fhirpath = load('fhirpath');

// Warnings about what is compared would end in the answers.
console.warn = () => {};
const options = { preciseMath: true };
const kept = [];

function item(value) {
  switch (typeof value) {
    case 'boolean':
      return value;
    default:
      // Half of a character beyond 16 bits, which `substring` can leave, is no JSON.
      return String(value).toWellFormed();
  }
}

function evaluate(expression, answers) {
  let run;
  try {
    run = fhirpath.compile(expression, null, options);
  } catch (error) {
    return answers.map(() => ({ error: String(error.message) }));
  }
  return answers.map((index) => {
    try {
      return run(kept[index], {}).map(item);
    } catch (error) {
      return { error: String(error.message) };
    }
  });
}

createInterface({ input: process.stdin }).on('line', (line) => {
  const request = JSON.parse(line);
  if (request.expression === undefined) {
    kept.push(request.answers);
  } else {
    process.stdout.write(JSON.stringify(evaluate(request.expression, request.answers)) + '\n');
  }
});
