// Validates bundles, a line each, by the JSON Schema that HL7 publishes for FHIR R4. Comes out with the number of
// resources, or ends with what is wrong with the first that is not valid.
const { createRequire } = require('node:module');
const { createInterface } = require('node:readline');
const path = require('node:path');

const load = createRequire(path.join(process.cwd(), 'package.json'));
const Validator = load('@asymmetrik/fhir-json-schema-validator');
const validator = new Validator();
let count = 0;

createInterface({ input: process.stdin })
  .on('line', (line) => {
    const bundle = JSON.parse(line);
    for (const resource of [bundle, ...bundle.entry.map((entry) => entry.resource)]) {
      const errors = validator.validate(resource);
      if (errors.length > 0) {
        console.error(resource.resourceType, JSON.stringify(errors.slice(0, 5)));
        process.exit(1);
      }
      count += 1;
    }
  })
  .on('close', () => console.log(count));
