use crate::expression::{FieldId, Program, Read};
use crate::lint::explain;
use crate::lint::findings::Findings;
use crate::lint::form::Form;
use crate::lint::reach::Expr;
use crate::lint::rule::rule;
use crate::lint::site::Role;
use crate::plan::{Field, ItemPoints, Method, Plan, QuestionId};

/// How many calculations and scores are followed.
const CHAIN: u8 = 8;

rule! {
    /// Finds a `visibleIf` that reads a question asked later.
    ///
    /// # Why
    /// The question appears behind the worker's back, on a page that is already done, or is never noticed at all. On
    /// paper it cannot be followed.
    ///
    /// # Example
    /// ```json
    /// "carer_name": { "title": "What is the carer's name?", "type": "string", "visibleIf": "has_carer" },
    /// "has_carer": { "title": "Does somebody care for you?", "type": "boolean" }
    /// ```
    ///
    /// # Instead
    /// Ask first what decides, then what depends on it.
    LINT_LATER_QUESTION, Warning, check
}

fn check(form: &Form<'_>, findings: &mut Findings<'_>) {
    for site in form.sites() {
        let here = match site.role {
            Role::Visible(id) => id,
            Role::Section(section) => match form.plan.section(section).questions.first() {
                Some(first) => *first,
                None => continue,
            },
            _ => continue,
        };
        let Some((read, later)) = later_read(form.plan, site.program, here) else { continue };
        let part = site.condition.all().find(|(_, expr)| {
            matches!(expr, Expr::Field(field) | Expr::Absence(field) | Expr::Rows { repeat: field, .. } if *field == read)
        });
        let place = part.map_or_else(|| site.item.place(), |(at, _)| site.place(at));
        let name = &form.plan.question(later).name;
        let message = if form.plan.field_of(later) == read {
            format!("`{name}` is asked later than this")
        } else {
            format!("`{}` counts `{name}`, which is asked later than this", explain::name(form.plan, read))
        };
        let mut finding =
            findings.of(message).help("ask first what decides, then what depends on it").at(place);
        if let Some(written) = form.written(later) {
            finding = finding.related(written.item.key_place(), "asked here");
        }
        findings.add(finding, site.item, &site.owners);
    }
}

/// A field that a program reads, and the later question on which it hangs.
fn later_read(plan: &Plan, program: &Program, here: QuestionId) -> Option<(FieldId, QuestionId)> {
    program.reads().iter().find_map(|read| {
        let field = match read {
            Read::Field { field, .. } | Read::Absence { field, .. } | Read::Rows { field } => *field,
            Read::Column { rows, .. } => *rows,
            Read::Previous { .. } | Read::Today | Read::Now | Read::Language => return None,
        };
        Some((field, later(plan, field, here, CHAIN)?))
    })
}

/// The later question on which a field hangs.
fn later(plan: &Plan, field: FieldId, here: QuestionId, chain: u8) -> Option<QuestionId> {
    let chain = chain.checked_sub(1)?;
    let through = |program: &Program| {
        program.reads().iter().find_map(|read| match read {
            Read::Field { field, .. } => later(plan, *field, here, chain),
            _ => None,
        })
    };
    match plan.field(field) {
        Field::Question(question) => match &plan.question(question).calculate {
            // Where it is calculated does not matter: it is not asked.
            Some(program) => through(program),
            None => (question > here).then_some(question),
        },
        Field::Score(score) | Field::ScoreLevel(score) | Field::ScoreBand(score) => {
            let score = plan.score(score);
            let items = score.items.iter().find_map(|item| match &item.points {
                ItemPoints::Question(question) => later(plan, plan.field_of(*question), here, chain),
                ItemPoints::Score(score) => later(plan, plan.score_field(*score), here, chain),
                ItemPoints::Condition(program, _) => through(program),
            });
            items.or_else(|| match &score.method {
                Method::Expression(program) => through(program),
                _ => None,
            })
        }
        Field::Age => plan.subject.birth_date.filter(|born| *born > here),
    }
}
