use crate::expression::{Part, PartId, Tree, parse};
use crate::json::Item;
use crate::lint::backtrack::is_ambiguous_loop;
use crate::lint::findings::Findings;
use crate::lint::form::Form;
use crate::lint::rule::rule;

rule! {
    /// Finds a pattern for which programs that try one way after the other can take for ever (ReDoS): a repetition
    /// whose body can read the same text in two ways.
    ///
    /// # Why
    /// Here every pattern takes time in proportion to the text. But the questionnaire's JSON Schema goes to other
    /// programs, and one long answer can hang them.
    ///
    /// # Example
    /// ```json
    /// "pattern": "^(\\w+\\s?)*$"
    /// ```
    ///
    /// # Instead
    /// Let each round of the repetition begin with something that the round before cannot end with:
    /// `^\\w+(\\s\\w+)*$`.
    LINT_PATTERN_BACKTRACKS, Warning, check
}

fn check(form: &Form<'_>, findings: &mut Findings<'_>) {
    let tell = |findings: &mut Findings<'_>, item: Item<'_>, place, owners: &[Item<'_>]| {
        let finding = findings
            .of("this pattern can hang programs that try one way after the other")
            .help(
                "let each round of the repetition begin with something that the round before cannot end with",
            )
            .at(place);
        findings.add(finding, item, owners);
    };
    for (id, written) in form.questions() {
        let Some(pattern) = written.item.get("pattern") else { continue };
        if is_ambiguous_loop(pattern.text().unwrap_or_default()) {
            tell(findings, pattern, pattern.place(), &form.owners(id));
        }
    }
    for site in form.sites() {
        let text = site.item.text().unwrap_or_default();
        if !text.contains("matches") {
            continue;
        }
        let Some(tree) = parse(text).0 else { continue };
        let mut open = vec![tree.whole()];
        while let Some(part) = open.pop() {
            if let Part::Call { name: "matches" | "matchesFull", arguments, .. } = tree.part(part)
                && let Some(argument) = arguments.first()
                && let Part::Text(pattern) = tree.part(*argument)
                && is_ambiguous_loop(pattern)
            {
                tell(findings, site.item, site.item.text_place(tree.part_span(*argument)), &site.owners);
            }
            open.extend(parts(&tree, part));
        }
    }
}

fn parts(tree: &Tree, part: PartId) -> Vec<PartId> {
    match tree.part(part) {
        Part::Not(inner) | Part::Negate(inner) | Part::Member(inner, _) => vec![inner],
        Part::Binary(_, left, right) | Part::At(left, right) => vec![left, right],
        Part::Call { receiver, arguments, .. } => receiver.into_iter().chain(arguments).collect(),
        _ => Vec::new(),
    }
}
