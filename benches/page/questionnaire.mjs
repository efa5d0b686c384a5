// The form of the comparison of form engines, as a questionnaire of this project. `model` says what the form is:
// sections of twenty questions of six types in turn, a third required, a fifth visible on a condition, a total of all
// whole numbers and a chain of fifty calculations.

const choices = (model) => model.options.map(({ value, label }) => ({ const: value, title: label }));

const TYPES = {
  text: () => ({ type: 'string' }),
  integer: ({ min, max }) => ({ type: 'integer', minimum: min, maximum: max }),
  single: (model) => ({ type: 'string', oneOf: choices(model) }),
  multi: (model) => ({ type: 'array', uniqueItems: true, items: { oneOf: choices(model) } }),
  date: () => ({ type: 'string', format: 'date' }),
  boolean: () => ({ type: 'boolean' }),
};

// The other engines know no reasons for having no answer, so none are on offer here either.
const question = (model, q) => ({
  title: q.label,
  absence: [],
  ...TYPES[q.type](model),
  ...(q.when && { visibleIf: q.when.type === 'boolean' ? q.when.id : `${q.when.id} = '${q.when.value}'` }),
});

const computed = (title, calculate, hidden) => ({
  title,
  type: 'integer',
  calculate,
  ...(hidden && { widget: 'hidden' }),
});

// Stands at the head of the first section, so that it is on the screen while somebody types.
const head = ({ total, chain }) => ({
  [total.id]: computed(total.label, `sum(${total.ids.join(', ')})`),
  ...Object.fromEntries(chain.ids.map((id, at) => [
    id,
    computed(chain.label, `${at === 0 ? chain.seed : chain.ids[at - 1]} + 1`, id !== chain.last),
  ])),
});

const section = (model, id, title, questions, first) => ({
  id,
  title,
  required: questions.filter((q) => q.required).map((q) => q.id),
  properties: {
    ...(first && head(model)),
    ...Object.fromEntries(questions.map((q) => [q.id, question(model, q)])),
  },
});

/// The questionnaire: by sections, or (`one`) all on one page.
export const questionnaire = (model, variant) => ({
  $schema: 'dialect/questionnaire-1.schema.json',
  id: 'comparison',
  version: '1.0.0',
  title: 'Comparison',
  languages: ['en'],
  type: 'object',
  allOf: variant === 'one'
    ? [section(model, 'all', 'All sections', model.sections.flatMap((s) => s.questions), true)]
    : model.sections.map((s, at) => section(model, s.id, s.title, s.questions, at === 0)),
  unevaluatedProperties: false,
});
