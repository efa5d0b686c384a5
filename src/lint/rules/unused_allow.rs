use crate::diagnostic::Fix;
use crate::json::{Item, edit};
use crate::lint::findings::Findings;
use crate::lint::form::Form;
use crate::lint::rule::rule;
use crate::lint::rules::find;

rule! {
    /// Finds an entry of an `allow` that allows nothing: what it was written for is not found here any more.
    ///
    /// # Why
    /// It would hide the next fault of the kind.
    ///
    /// # Example
    /// ```json
    /// "allow": { "lint.later-question": "Asked on the phone before the visit." }
    /// ```
    /// at a question that reads no later one.
    ///
    /// # Instead
    /// Remove the entry.
    LINT_UNUSED_ALLOW, Warning, check, false
}

fn check(_: &Form<'_>, findings: &mut Findings<'_>) {
    for (holder, allow) in allows(findings.allowances.root()) {
        for (code, reason) in allow.entries() {
            let Some(rule) = find(code) else { continue };
            if !rule.can_be_allowed || findings.allowances.is_used(reason) {
                continue;
            }
            let alone = allow.entries().count() == 1;
            let edit = if alone { edit::remove(holder, "allow") } else { edit::remove(allow, code) };
            let finding = findings
                .of(format!("nothing here is found by `{code}`"))
                .help("remove this entry")
                .at(reason.key_place())
                .fix(edit.map(|edit| Fix::safe("remove it", edit)));
            findings.add(finding, reason, &[]);
        }
    }
}

/// Every `allow` of the questionnaire's own file, with the object that it is a member of.
pub(super) fn allows(root: Option<Item<'_>>) -> Vec<(Item<'_>, Item<'_>)> {
    let mut found = Vec::new();
    let mut open: Vec<Item<'_>> = root.into_iter().collect();
    while let Some(item) = open.pop() {
        if let Some(allow) =
            item.get("allow").filter(|allow| allow.entries().all(|(_, reason)| reason.text().is_some()))
        {
            found.push((item, allow));
        }
        open.extend(item.entries().map(|(_, member)| member));
        open.extend(item.items());
    }
    found
}
