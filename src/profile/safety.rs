//! Safety questions: a refusal is never a "no".

use std::collections::BTreeSet;

use super::trail::Trail;
use crate::plan::{Domain, Outcome, Plan, QuestionId};
use crate::session::{Node, Session};

/// The rule behind the alert of an unanswered safety question. It holds in every questionnaire and is written in none.
pub(crate) const RULE: &str = "safety.unscreened";

/// The safety questions that are asked and have a typed absence, in document order.
pub(crate) fn unscreened(session: &Session) -> Vec<Node> {
    let plan = session.plan();
    session
        .nodes()
        .into_iter()
        .filter(|node| plan.question(node.question()).safety && session.absence(*node).is_some())
        .collect()
}

/// The domains that cannot be called complete while these questions are unscreened.
///
/// A question touches the domains of the needs that its answer can raise. One that only raises alerts touches the
/// domains of what those alerts read beside it; one that touches none at all is a matter of safety and protection.
pub(super) fn domains(plan: &Plan, unscreened: &[Node]) -> BTreeSet<Domain> {
    if unscreened.is_empty() {
        return BTreeSet::new();
    }
    let trails: Vec<(Option<Domain>, Trail)> = plan
        .rules
        .iter()
        .filter_map(|rule| {
            let domain = match &rule.outcome {
                Outcome::Need(need) => Some(need.domain),
                Outcome::Alert { .. } => None,
                Outcome::NotAssessed { .. } | Outcome::Review { .. } | Outcome::Recommend { .. } => {
                    return None;
                }
            };
            let mut trail = Trail::default();
            for step in &rule.steps {
                trail.follow(plan, &step.when);
            }
            Some((domain, trail))
        })
        .collect();
    let raised_by = |id: QuestionId| -> BTreeSet<Domain> {
        trails
            .iter()
            .filter(|(_, trail)| trail.questions().contains(&id))
            .filter_map(|(domain, _)| *domain)
            .collect()
    };
    let mut domains = BTreeSet::new();
    for id in unscreened.iter().map(|node| node.question()) {
        let mut touched = raised_by(id);
        if touched.is_empty() {
            let alerts =
                trails.iter().filter(|(domain, trail)| domain.is_none() && trail.questions().contains(&id));
            let beside: BTreeSet<QuestionId> =
                alerts.flat_map(|(_, trail)| trail.questions()).copied().collect();
            touched = beside.into_iter().flat_map(raised_by).collect();
        }
        if touched.is_empty() {
            touched.insert(Domain::D01);
        }
        domains.extend(touched);
    }
    domains
}
