use std::sync::Arc;

use super::Compiler;
use super::sections::Holder;
use crate::diagnostic::{codes, did_you_mean};
use crate::expression::{Expected, FieldId};
use crate::json::Item;
use crate::plan::graph::Task;
use crate::plan::{
    AnswerKind, ChoiceSource, Concept, DateShape, Demand, ListId, Question, QuestionId, Sensitivity,
};
use crate::questionnaire::SectionSource;
use crate::value::{Absence, PartialDate, Value};

impl Compiler<'_> {
    /// Compiles every question that was declared.
    #[inline(never)]
    pub(super) fn questions(&mut self) -> Vec<Question> {
        let drafts = std::mem::take(&mut self.drafts);
        let mut slots = std::collections::BTreeMap::new();
        let mut questions = Vec::with_capacity(drafts.len());
        for (index, draft) in drafts.iter().enumerate() {
            let id = QuestionId(u32::try_from(index).unwrap_or(u32::MAX));
            let slot = slots.entry(draft.parent).or_insert(0_u32);
            questions.push(self.question(id, draft, *slot));
            *slot += 1;
        }
        self.drafts = drafts;
        questions
    }

    #[inline(never)]
    fn question(&mut self, id: QuestionId, draft: &super::Draft<'_>, slot: u32) -> Question {
        let (item, row) = (draft.item, draft.parent);
        let text = |compiler: &mut Self, keyword: &str, within| {
            compiler.text(item.get(keyword), draft.file, &["questions", &draft.path, keyword], within)
        };
        let mut kind = draft.kind.clone();
        if let AnswerKind::Repeat(repeat) = &mut kind {
            // Its heading is shown in a row and may name the row's own answers.
            repeat.item_title = text(self, "itemTitle", Some(id));
            repeat.count_from = item.get("countFrom").and_then(|item| self.count_from(item, row));
            repeat.unique_key = self.unique_key(item, id);
        }
        let section = draft.source;
        let inherits = row.is_none();
        let calculate = self.calculate(item, id, row);
        let choice_columns = match &kind {
            AnswerKind::Choice { choices: ChoiceSource::List(list), .. }
            | AnswerKind::Choices { choices: ChoiceSource::List(list), .. } => self.columns_of(*list),
            _ => vec![Arc::from("code")],
        };
        let choice_filter = item.get("choiceFilter").and_then(|filter| {
            let program = self.expression(filter, row, &Expected::Truth, choice_columns)?;
            self.link(Task::Choices(id), row, &program, filter);
            if let (Some(list), Some(column)) = (list_of(&kind), program.choice_column())
                && let Some(list) = self.lists.get_mut(list.0 as usize)
            {
                list.index(column);
            }
            Some(program)
        });
        let safety = item.flag("safety");
        let question = Question {
            name: Arc::clone(&draft.name),
            pointer: item.pointer().into(),
            place: item.key_place(),
            section: draft.section,
            parent: row,
            title: text(self, "title", row).unwrap_or_else(|| crate::plan::Localised::plain(&draft.name)),
            description: text(self, "description", row),
            guidance: text(self, "guidance", row),
            placeholder: text(self, "placeholder", row),
            unit: text(self, "unit", row),
            constraints: self.constraints(item, &kind),
            widget: item.text_of("widget").map(Arc::from),
            demand: demand(draft, inherits),
            visible_if: self.linked_condition(item.get("visibleIf"), Task::Relevance(id), row),
            required_if: self.linked_condition(item.get("requiredIf"), Task::Required(id), row),
            read_only_if: self.linked_condition(item.get("readOnlyIf"), Task::ReadOnly(id), row),
            calculate,
            choice_filter,
            checks: self.checks_of(item, Holder::Question(id), &["questions", &draft.path], draft.file),
            absences: absences(item),
            safety,
            ask_alone: item.flag("askAlone") || (inherits && flag(section, "askAlone")),
            sensitivity: sensitivity(item.get("sensitivity").or_else(|| section.get("sensitivity"))),
            qualification: item
                .text_of("qualification")
                .or_else(|| section.get("qualification").and_then(Item::text))
                .map(Arc::from),
            default: item.get("default").and_then(|default| self.default_value(default, &kind)),
            concepts: concepts(item),
            prefill: self.prefill(item, draft),
            written: (draft.file, item.node()),
            kind,
            slot,
        };
        self.link_labels(id, &question);
        if question.calculate.is_some() && (question.required_if.is_some() || draft.required) {
            self.error(codes::DIALECT_KIND, "a calculated question cannot be required", item.key_place());
        }
        question
    }

    /// Notes what the texts of a question show.
    #[inline(never)]
    fn link_labels(&mut self, id: QuestionId, question: &Question) {
        let own = [&question.description, &question.guidance, &question.placeholder, &question.unit];
        let labels = question.own_choices().iter().map(|choice| &choice.label);
        let messages = self.messages(&question.checks);
        let texts = own.into_iter().flatten().chain([&question.title]).chain(labels).chain(&messages);
        self.link_texts(Task::Label(id), question.parent, texts);
        if let Some(title) = question.repeat().and_then(|repeat| repeat.item_title.as_ref()) {
            self.link_texts(Task::RowLabel(id), Some(id), [title]);
        }
    }

    #[inline(never)]
    fn calculate(
        &mut self,
        item: Item<'_>,
        id: QuestionId,
        row: Option<QuestionId>,
    ) -> Option<crate::expression::Program> {
        let text = item.get("calculate")?;
        let ty = self.names.types.get(id.index())?.clone();
        let program = self.expression(text, row, &Expected::Value(ty), Vec::new())?;
        self.link(Task::Calculate(id), row, &program, text);
        Some(program)
    }

    #[inline(never)]
    fn count_from(&mut self, item: Item<'_>, row: Option<QuestionId>) -> Option<QuestionId> {
        let name = item.text()?;
        let names = match row {
            Some(repeat) => self.names.columns.get(&repeat)?,
            None => &self.names.form,
        };
        match names.get(name) {
            Some(&FieldId(field)) if field < self.names.questions => Some(QuestionId(field)),
            _ => {
                let message = format!("`countFrom` names `{name}`, which is no question beside this one");
                self.error(codes::PLAN_UNKNOWN_NAME, message, item.place());
                None
            }
        }
    }

    #[inline(never)]
    fn unique_key(&mut self, item: Item<'_>, id: QuestionId) -> Vec<QuestionId> {
        let mut key = Vec::new();
        for item in item.get("uniqueKey").into_iter().flat_map(Item::items) {
            let Some(name) = item.text() else { continue };
            let columns = self.names.columns.get(&id);
            match columns.and_then(|columns| columns.get(name)) {
                Some(&FieldId(field)) => key.push(QuestionId(field)),
                None => {
                    let known = columns.into_iter().flat_map(|columns| columns.keys()).map(|name| &**name);
                    let meant = did_you_mean(name, known);
                    let meant = meant.map_or(String::new(), |meant| format!(": did you mean `{meant}`?"));
                    let message =
                        format!("`uniqueKey` names `{name}`, which is no column of this repeat{meant}");
                    self.error(codes::PLAN_UNKNOWN_NAME, message, item.place());
                }
            }
        }
        key
    }

    /// Where an answer is taken over from.
    #[inline(never)]
    fn prefill(&mut self, item: Item<'_>, draft: &super::Draft<'_>) -> Option<Arc<str>> {
        let pointer = item.get("prefill")?;
        let text = pointer.text()?;
        if !text.is_empty() && !text.starts_with('/') {
            self.error(
                codes::DIALECT_KIND,
                "`prefill` is a JSON Pointer: it begins with `/`",
                pointer.place(),
            )
            .help = Some("write, for example, `/needs` or `/assessed_on`".into());
            return None;
        }
        if matches!(draft.kind, AnswerKind::Note) || item.get("calculate").is_some() {
            let message = "nothing is answered here, so nothing can be taken over";
            self.error(codes::DIALECT_KIND, message, pointer.place());
            return None;
        }
        Some(text.into())
    }

    #[inline(never)]
    fn default_value(&mut self, item: Item<'_>, kind: &AnswerKind) -> Option<Value> {
        let value = match kind {
            AnswerKind::Boolean => item.boolean().map(Value::Boolean),
            AnswerKind::Number { integer } => {
                item.decimal().filter(|number| !integer || number.is_integer()).map(Value::Number)
            }
            AnswerKind::Text(_) => item.text().map(Value::text),
            AnswerKind::Date(shape) => item
                .text()
                .and_then(|text| text.parse::<PartialDate>().ok())
                .filter(|date| *shape == DateShape::Partial || date.day_number().is_some())
                .map(Value::Date),
            AnswerKind::Time => item.text().and_then(|text| text.parse().ok()).map(Value::Time),
            AnswerKind::Choice { numbers: true, .. } => item.decimal().map(Value::Number),
            AnswerKind::Choice { .. } => item.text().map(Value::text),
            AnswerKind::Choices { .. } => {
                Some(Value::Codes(item.items().filter_map(|code| code.text().map(Arc::from)).collect()))
            }
            AnswerKind::Repeat(_) | AnswerKind::Note => None,
        };
        let offered = |code: &str| match kind {
            AnswerKind::Choice { choices, .. } | AnswerKind::Choices { choices, .. } => match choices {
                ChoiceSource::Own(choices) => choices.iter().any(|choice| &*choice.code == code),
                ChoiceSource::List(list) => {
                    self.lists.get(list.0 as usize).is_some_and(|list| list.entry(code).is_some())
                }
            },
            _ => true,
        };
        let known = match &value {
            Some(Value::Text(code)) => offered(code),
            Some(Value::Number(number)) => offered(&number.normalize().to_string()),
            Some(Value::Codes(codes)) => codes.iter().all(|code| offered(code)),
            _ => true,
        };
        if value.is_none() || !known {
            self.error(
                codes::PLAN_CONSTRAINT,
                "`default` is no answer that this question takes",
                item.place(),
            );
        }
        value.filter(|_| known)
    }
}

#[inline(never)]
fn demand(draft: &super::Draft<'_>, inherits: bool) -> Demand {
    let item = draft.item;
    if draft.required {
        Demand::Required
    } else if item.flag("answerOrRefusal") || item.flag("safety") {
        Demand::AnswerOrRefusal
    } else {
        let own = item.get("expected").and_then(Item::boolean);
        if own.unwrap_or(inherits && flag(draft.source, "expected")) {
            Demand::Expected
        } else {
            Demand::Optional
        }
    }
}

/// The shared list that a question offers.
fn list_of(kind: &AnswerKind) -> Option<ListId> {
    match kind {
        AnswerKind::Choice { choices: ChoiceSource::List(list), .. }
        | AnswerKind::Choices { choices: ChoiceSource::List(list), .. } => Some(*list),
        _ => None,
    }
}

fn flag(section: SectionSource<'_>, keyword: &str) -> bool {
    section.get(keyword).and_then(Item::boolean).unwrap_or(false)
}

#[inline(never)]
fn absences(item: Item<'_>) -> Vec<Absence> {
    match item.get("absence") {
        Some(list) => list.items().filter_map(|code| code.text()?.parse().ok()).collect(),
        None => Absence::ALL.to_vec(),
    }
}

pub(super) fn sensitivity(item: Option<Item<'_>>) -> Sensitivity {
    match item.and_then(Item::text) {
        Some("identifying") => Sensitivity::Identifying,
        Some("sensitive") => Sensitivity::Sensitive,
        Some("highly_sensitive") => Sensitivity::HighlySensitive,
        _ => Sensitivity::Ordinary,
    }
}

#[inline(never)]
fn concepts(item: Item<'_>) -> Vec<Concept> {
    item.get("concepts")
        .into_iter()
        .flat_map(Item::items)
        .filter_map(|concept| {
            Some(Concept {
                system: concept.text_of("system")?.into(),
                code: concept.text_of("code")?.into(),
                display: concept.text_of("display").map(Arc::from),
            })
        })
        .collect()
}
