use std::sync::Arc;

use super::Compiler;
use crate::diagnostic::{codes, did_you_mean};
use crate::expression::FieldId;
use crate::json::Item;
use crate::plan::{AnswerKind, Question, QuestionId, Subject};

impl Compiler<'_> {
    /// Reads which answers describe the person.
    #[inline(never)]
    pub(super) fn subject(&mut self, root: Item<'_>, questions: &[Question]) -> Subject {
        let Some(item) = root.get("subject") else { return Subject::default() };
        let birth_date = self.role(item, "birthDate", questions);
        if let (Some(id), Some(place)) = (birth_date, item.get("birthDate"))
            && !questions.get(id.index()).is_some_and(|question| matches!(question.kind, AnswerKind::Date(_)))
        {
            self.error(
                codes::PLAN_UNKNOWN_NAME,
                "`birthDate` names a question that is no date",
                place.place(),
            );
        }
        let legal_flags = item
            .get("legalFlags")
            .into_iter()
            .flat_map(Item::entries)
            .filter_map(|(name, flag)| Some((Arc::from(name), self.condition(flag, None)?)))
            .collect();
        Subject {
            birth_date,
            birth_precision: self.role(item, "birthPrecision", questions),
            sex: self.role(item, "sex", questions),
            ethnic_group: self.role(item, "ethnicGroup", questions),
            groups: item.texts_of("groups").into_iter().map(Arc::from).collect(),
            legal_flags,
            place: item.get("legalFlags").unwrap_or(item).key_place(),
        }
    }

    fn role(&mut self, item: Item<'_>, keyword: &str, questions: &[Question]) -> Option<QuestionId> {
        let item = item.get(keyword)?;
        let name = item.text()?;
        match self.names.form.get(name) {
            Some(&FieldId(field)) if field < self.names.questions => Some(QuestionId(field)),
            _ => {
                let known = questions.iter().filter(|question| question.parent.is_none());
                let meant = did_you_mean(name, known.map(|question| &*question.name));
                let meant = meant.map_or(String::new(), |meant| format!(": did you mean `{meant}`?"));
                let message = format!("`{keyword}` names `{name}`, which is no question{meant}");
                self.error(codes::PLAN_UNKNOWN_NAME, message, item.place());
                None
            }
        }
    }
}
