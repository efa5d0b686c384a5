use crate::diagnostic::{Fix, did_you_mean};
use crate::json::{Item, edit};
use crate::lint::findings::Findings;
use crate::lint::form::Form;
use crate::lint::rule::rule;

rule! {
    /// Finds a service of a rule that is not on the questionnaire's list `services`.
    ///
    /// # Why
    /// The need is raised and the help that belongs to it is not shown: nobody knows the code.
    ///
    /// # Example
    /// ```json
    /// "need": { …, "services": ["S5"] }
    /// ```
    /// where the list has `S05`.
    ///
    /// # Instead
    /// Use a code of the list, or add the service to it.
    LINT_UNKNOWN_SERVICE, Warning, check
}

fn check(form: &Form<'_>, findings: &mut Findings<'_>) {
    let Some(list) = form.plan.lists.iter().find(|list| &*list.id == "services") else { return };
    for (_, rule, _) in form.rules() {
        let mut services = named(rule.get("need"));
        services
            .extend(rule.get("levels").into_iter().flat_map(Item::items).flat_map(|step| named(Some(step))));
        services.extend(rule.get("recommend").and_then(|recommend| recommend.get("service")));
        for service in services {
            let Some(code) = service.text().filter(|code| list.entry(code).is_none()) else { continue };
            let meant = did_you_mean(code, list.entries.iter().map(|entry| &*entry.choice.code));
            let guess = meant.map_or(String::new(), |meant| format!(": did you mean `{meant}`?"));
            let fix = meant.map(|meant| {
                let quoted = serde_json::Value::from(meant).to_string();
                Fix::suggestion(format!("write `{meant}`"), edit::replace(service, &quoted))
            });
            let finding = findings
                .of(format!("there is no service `{code}` on the list `services`{guess}"))
                .help("use a code of the list, or add the service to it")
                .fix(fix);
            findings.add(finding, service, &[]);
        }
    }
}

fn named(holder: Option<Item<'_>>) -> Vec<Item<'_>> {
    holder.and_then(|holder| holder.get("services")).into_iter().flat_map(Item::items).collect()
}
