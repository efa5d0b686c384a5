use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::Compiler;
use super::choices::Offered;
use crate::diagnostic::codes;
use crate::expression::{ChoiceSet, FieldId, Kind, Type};
use crate::json::Item;
use crate::plan::{
    AnswerKind, Band, ChoiceSource, DateShape, QuestionId, Repeat, ScoreId, SectionId, TextShape,
};
use crate::questionnaire::SectionSource;

/// A question before its expressions are compiled.
pub(super) struct Draft<'a> {
    pub(super) item: Item<'a>,
    pub(super) name: Arc<str>,
    /// With the names of the repeats before it: its name in language packs.
    pub(super) path: String,
    pub(super) file: usize,
    pub(super) section: SectionId,
    pub(super) source: SectionSource<'a>,
    pub(super) parent: Option<QuestionId>,
    pub(super) kind: AnswerKind,
    /// Whether `required` beside it names it.
    pub(super) required: bool,
}

/// A score before its expressions are compiled.
pub(super) struct ScoreDraft<'a> {
    pub(super) item: Item<'a>,
    pub(super) id: Arc<str>,
    pub(super) file: usize,
}

/// Words of the expression language, and names that other systems trip over.
const RESERVED: &[&str] = &[
    "age",
    "today",
    "now",
    "true",
    "false",
    "and",
    "or",
    "xor",
    "implies",
    "div",
    "mod",
    "in",
    "contains",
    "is",
    "as",
    "iif",
    "__proto__",
    "constructor",
    "prototype",
];

/// How deep repeats may stand in repeats.
const DEEPEST: usize = 4;

impl<'a> Compiler<'a> {
    /// Gives every question and score its id, kind and name.
    #[inline(never)]
    pub(super) fn declare(&mut self, root: Item<'a>) {
        let questionnaire = self.questionnaire;
        let mut seen_sections: BTreeMap<String, ()> = BTreeMap::new();
        for (index, source) in questionnaire.sections().enumerate() {
            if let Some(id) = source.get("id")
                && seen_sections.insert(id.text().unwrap_or_default().to_owned(), ()).is_some()
            {
                self.error(codes::PLAN_DUPLICATE_NAME, "two sections have this id", id.place());
            }
            let section = SectionId(u32::try_from(index).unwrap_or(u32::MAX));
            self.declare_questions(source.body, source, section, None, "", 0);
        }
        for (holder, file) in [(root, 0)]
            .into_iter()
            .chain(questionnaire.sections().map(|section| (section.body, section.file)))
        {
            for (id, item) in holder.get("scores").into_iter().flat_map(Item::entries) {
                self.check_name(id, item);
                self.score_drafts.push(ScoreDraft { item, id: id.into(), file });
            }
        }
        self.declare_names();
    }

    #[inline(never)]
    fn declare_questions(
        &mut self,
        holder: Item<'a>,
        source: SectionSource<'a>,
        section: SectionId,
        parent: Option<QuestionId>,
        prefix: &str,
        depth: usize,
    ) -> Vec<QuestionId> {
        let required: BTreeSet<&str> = holder.texts_of("required").into_iter().collect();
        let mut ids = Vec::new();
        let mut known = BTreeSet::new();
        for (name, item) in holder.get("properties").into_iter().flat_map(Item::entries) {
            known.insert(name);
            if self.too_many(self.drafts.len(), "questions", || item.place()) {
                break;
            }
            self.check_name(name, item);
            let path = format!("{prefix}{name}");
            let id = QuestionId(u32::try_from(self.drafts.len()).unwrap_or(u32::MAX));
            ids.push(id);
            let kind = self.kind(item, source.file, &path);
            let is_repeat = matches!(kind, AnswerKind::Repeat(_));
            self.drafts.push(Draft {
                item,
                name: name.into(),
                path: path.clone(),
                file: source.file,
                section,
                source,
                parent,
                kind,
                required: required.contains(name),
            });
            if let (true, Some(items)) = (is_repeat, item.get("items")) {
                if depth + 1 == DEEPEST {
                    let message = format!("repeats stand in each other at most {DEEPEST} deep");
                    self.error(codes::PLAN_LIMIT, message, item.place());
                    continue;
                }
                let columns =
                    self.declare_questions(items, source, section, Some(id), &format!("{path}."), depth + 1);
                if let Some(AnswerKind::Repeat(repeat)) =
                    self.drafts.get_mut(id.index()).map(|draft| &mut draft.kind)
                {
                    repeat.columns = columns;
                }
            }
        }
        for item in holder.get("required").into_iter().flat_map(Item::items) {
            if let Some(name) = item.text()
                && !known.contains(name)
            {
                let meant = crate::diagnostic::did_you_mean(name, known.iter().copied());
                let meant = meant.map_or(String::new(), |meant| format!(": did you mean `{meant}`?"));
                let message = format!("`required` names `{name}`, which is no question here{meant}");
                self.error(codes::PLAN_UNKNOWN_NAME, message, item.place());
            }
        }
        ids
    }

    fn check_name(&mut self, name: &str, item: Item<'_>) {
        let good = name.len() <= 64
            && name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if RESERVED.contains(&name) {
            self.error(
                codes::PLAN_RESERVED_NAME,
                format!("`{name}` is kept for the engine"),
                item.key_place(),
            )
            .help = Some("choose another name".into());
        } else if !good {
            self.error(
                codes::DIALECT_NAME,
                "this is not a name that expressions can use",
                item.key_place(),
            )
            .help = Some("use letters, digits and `_`, beginning with a letter, at most 64 of them".into());
        }
    }

    /// What kind of answer a question takes, from JSON Schema's keywords.
    fn kind(&mut self, item: Item<'a>, file: usize, path: &str) -> AnswerKind {
        let widget = item.text_of("widget");
        let ty = item.text_of("type");
        if widget == Some("note") {
            if let Some(ty) = item.get("type") {
                self.error(codes::DIALECT_KIND, "a note has no type: nothing is answered", ty.place());
            }
            return AnswerKind::Note;
        }
        let is_list = item.get("items").is_some();
        if ty.is_none() && is_list {
            self.error(codes::DIALECT_KIND, "a list needs `\"type\": \"array\"`", item.key_place());
        }
        if ty == Some("array") || (ty.is_none() && is_list) {
            return self.list_kind(item, file, path, widget);
        }
        if let Some(offered) = self.offered(item, file, path) {
            let fits = match ty {
                None => true,
                Some("string") => !offered.numbers,
                Some("integer" | "number") => offered.numbers,
                Some(_) => false,
            };
            if !fits {
                let message = "the choices are of another type than the question";
                self.error(codes::DIALECT_KIND, message, item.get("type").unwrap_or(item).place());
            }
            let Offered { source, numbers } = offered;
            return AnswerKind::Choice { choices: source, numbers };
        }
        match (ty, item.text_of("format")) {
            (Some("boolean"), None) => AnswerKind::Boolean,
            (Some("integer"), None) => AnswerKind::Number { integer: true },
            (Some("number"), None) => AnswerKind::Number { integer: false },
            (Some("string"), None) => AnswerKind::Text(TextShape::Plain),
            (Some("string"), Some("date")) => AnswerKind::Date(DateShape::Full),
            (Some("string"), Some("partial-date")) => AnswerKind::Date(DateShape::Partial),
            (Some("string"), Some("time-of-day")) => AnswerKind::Time,
            (Some("string"), Some("geo-uri")) => AnswerKind::Text(TextShape::Location),
            (Some("string"), Some("attachment")) => AnswerKind::Text(TextShape::Attachment),
            (None, _) => {
                self.error(codes::DIALECT_KIND, "a question needs a `type` or choices", item.key_place())
                    .help = Some(
                    "add `type`, `oneOf` or `choicesFrom`, or `\"widget\": \"note\"` if nothing is asked"
                        .into(),
                );
                AnswerKind::Note
            }
            // A type or a format that does not exist was told when the file was read.
            (Some(_), format) => {
                if let (Some(_), Some(item)) = (format, item.get("format")) {
                    self.error(
                        codes::DIALECT_KIND,
                        "`format` goes with `\"type\": \"string\"`",
                        item.place(),
                    );
                }
                AnswerKind::Text(TextShape::Plain)
            }
        }
    }

    fn list_kind(&mut self, item: Item<'a>, file: usize, path: &str, widget: Option<&str>) -> AnswerKind {
        let Some(items) = item.get("items") else {
            self.error(codes::DIALECT_KIND, "a list needs `items`", item.key_place()).help =
                Some("`items` holds choices for a multiple choice, `properties` for a repeat".into());
            return AnswerKind::Note;
        };
        if items.get("properties").is_some() {
            return AnswerKind::Repeat(Repeat {
                columns: Vec::new(),
                item_title: None,
                count_from: None,
                unique_key: Vec::new(),
            });
        }
        let Some(Offered { source, numbers }) = self.offered(items, file, path) else {
            self.error(codes::DIALECT_KIND, "`items` has neither choices nor `properties`", items.place());
            return AnswerKind::Note;
        };
        if numbers {
            self.error(codes::DIALECT_KIND, "the codes of a multiple choice are texts", items.place());
        }
        if !item.flag("uniqueItems") {
            self.error(
                codes::DIALECT_KIND,
                "a multiple choice needs `\"uniqueItems\": true`",
                item.key_place(),
            )
            .help = Some("without it a choice could be recorded twice".into());
        }
        AnswerKind::Choices { choices: source, ranking: widget == Some("ranking") }
    }

    #[inline(never)]
    fn declare_names(&mut self) {
        let mut faults = Vec::new();
        let count = u32::try_from(self.drafts.len()).unwrap_or(u32::MAX);
        for (index, draft) in self.drafts.iter().enumerate() {
            let field = FieldId(u32::try_from(index).unwrap_or(u32::MAX));
            let names = match draft.parent {
                Some(repeat) => self.names.columns.entry(repeat).or_default(),
                None => &mut self.names.form,
            };
            if names.insert(Arc::clone(&draft.name), field).is_some() {
                faults.push((format!("two questions are named `{}`", draft.name), draft.item.key_place()));
            }
            let ty = question_type(&draft.kind, field, &self.lists);
            self.names.types.push(ty);
            self.names.parents.push(draft.parent);
        }
        self.names.questions = count;
        for (index, draft) in self.score_drafts.iter().enumerate() {
            let score = ScoreId(u32::try_from(index).unwrap_or(u32::MAX));
            self.names.scores += 1;
            let field = self.names.score_field(score);
            if self.names.form.insert(Arc::clone(&draft.id), field).is_some() {
                let message = format!("a score and something else are both named `{}`", draft.id);
                faults.push((message, draft.item.key_place()));
            }
            let bands: Vec<Arc<str>> = draft
                .item
                .get("bands")
                .into_iter()
                .flat_map(Item::items)
                .filter_map(|band| band.text_of("id").map(Arc::from))
                .collect();
            let single = |kind| Type { kind, many: false };
            self.names.types.push(single(Kind::Number { integer: false }));
            self.names.types.push(single(Kind::Number { integer: true }));
            self.names.types.push(single(Kind::Text(Some(bands.into_iter().collect()))));
        }
        let born = self.questionnaire.root().and_then(|root| root.get("subject")?.get("birthDate"));
        if born.is_some() {
            let field = self.names.age_field();
            self.names.form.insert("age".into(), field);
        }
        self.names.types.push(Type { kind: Kind::Number { integer: true }, many: false });
        for (message, place) in faults {
            self.error(codes::PLAN_DUPLICATE_NAME, message, place).help =
                Some("names are unique in a questionnaire, and in a repeat within its row".into());
        }
    }
}

fn question_type(kind: &AnswerKind, field: FieldId, lists: &[crate::plan::List]) -> Type {
    let codes = |choices: &ChoiceSource| match choices {
        ChoiceSource::Own(choices) => {
            choices.iter().map(|choice| Arc::clone(&choice.code)).collect::<ChoiceSet>()
        }
        ChoiceSource::List(id) => lists.get(id.0 as usize).map(|list| list.codes.clone()).unwrap_or_default(),
    };
    let single = |kind| Type { kind, many: false };
    match kind {
        AnswerKind::Boolean => single(Kind::Boolean),
        AnswerKind::Number { integer } => single(Kind::Number { integer: *integer }),
        AnswerKind::Choice { numbers: true, .. } => single(Kind::Number { integer: true }),
        AnswerKind::Choice { choices, .. } => single(Kind::Text(Some(codes(choices)))),
        AnswerKind::Choices { choices, .. } => Type { kind: Kind::Text(Some(codes(choices))), many: true },
        AnswerKind::Text(_) | AnswerKind::Note => single(Kind::Text(None)),
        AnswerKind::Date(_) => single(Kind::Date),
        AnswerKind::Time => single(Kind::Time),
        AnswerKind::Repeat(_) => Type { kind: Kind::Rows(field), many: true },
    }
}

/// A band's bounds, for messages elsewhere.
pub(super) fn band_text(band: &Band) -> String {
    format!("`{}` ({}–{})", band.id, band.from.normalize(), band.to.normalize())
}
