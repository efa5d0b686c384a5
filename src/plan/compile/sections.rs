use std::collections::BTreeSet;
use std::sync::Arc;

use super::Compiler;
use super::declare::Draft;
use super::questions::sensitivity;
use crate::diagnostic::{Severity, codes};
use crate::json::Item;
use crate::plan::graph::Task;
use crate::plan::{Check, CheckId, Localised, QuestionId, Section, SectionId};
use crate::questionnaire::SectionSource;

/// What checks stand at.
#[derive(Clone, Copy)]
pub(super) enum Holder {
    Question(QuestionId),
    Section(SectionId),
    Form,
}

/// The questions of a section, which stand together, without the columns of repeats.
fn questions_of(drafts: &[Draft<'_>], id: SectionId) -> Vec<QuestionId> {
    let first = drafts.partition_point(|draft| draft.section < id);
    let here = drafts.iter().enumerate().skip(first).take_while(|(_, draft)| draft.section == id);
    here.filter(|(_, draft)| draft.parent.is_none())
        .map(|(index, _)| QuestionId(u32::try_from(index).unwrap_or(u32::MAX)))
        .collect()
}

impl Compiler<'_> {
    /// Compiles every section.
    #[inline(never)]
    pub(super) fn section_bodies(&mut self) {
        let questionnaire = self.questionnaire;
        for (index, source) in questionnaire.sections().enumerate() {
            let id = SectionId(u32::try_from(index).unwrap_or(u32::MAX));
            let section = self.section(id, source);
            self.sections.push(section);
        }
    }

    fn section(&mut self, id: SectionId, source: SectionSource<'_>) -> Section {
        let name: Arc<str> = source.get("id").and_then(Item::text).unwrap_or_default().into();
        let text = |compiler: &mut Self, keyword: &str| compiler.section_text(source, &name, keyword);
        let title = text(self, "title").unwrap_or_else(|| Localised::plain(&name));
        let description = text(self, "description");
        let guidance = text(self, "guidance");
        let questions = questions_of(&self.drafts, id);
        let flag = |keyword: &str| source.get(keyword).and_then(Item::boolean).unwrap_or(false);
        let checks = self.checks_of(source.body, Holder::Section(id), &["sections", &name], source.file);
        let messages = self.messages(&checks);
        let shown = [Some(&title), description.as_ref(), guidance.as_ref()];
        self.link_texts(Task::SectionLabel(id), None, shown.into_iter().flatten().chain(&messages));
        Section {
            place: source.get("visibleIf").unwrap_or(source.body).key_place(),
            title,
            description,
            guidance,
            questions,
            visible_if: self.linked_condition(source.get("visibleIf"), Task::Section(id), None),
            read_only_if: self.linked_condition(source.get("readOnlyIf"), Task::Lock(id), None),
            ask_alone: flag("askAlone"),
            sensitivity: sensitivity(source.get("sensitivity")),
            qualification: source.get("qualification").and_then(Item::text).map(Arc::from),
            checks,
            id: name,
        }
    }

    /// A text of a section: translated in the questionnaire's pack under the section's id, or at the root of the
    /// instrument's own pack.
    fn section_text(&mut self, source: SectionSource<'_>, id: &str, keyword: &str) -> Option<Localised> {
        let item = source.get(keyword)?;
        let overridden = source.reference.is_some_and(|reference| reference.get(keyword).is_some());
        let packs = self.questionnaire.packs_of(source.file);
        self.text_with(Some(item), None, |language| {
            packs.text(language, &["sections", id, keyword]).or_else(|| {
                if source.file == 0 || overridden { None } else { packs.own_text(language, &[keyword]) }
            })
        })
    }

    /// What checks say.
    pub(super) fn messages(&self, checks: &[CheckId]) -> Vec<Localised> {
        let found = checks.iter().filter_map(|check| self.checks.get(check.0 as usize));
        found.map(|check| check.message.clone()).collect()
    }

    /// Compiles the checks of a question, a section or the form.
    #[inline(never)]
    pub(super) fn checks_of(
        &mut self,
        holder: Item<'_>,
        at: Holder,
        path: &[&str],
        file: usize,
    ) -> Vec<CheckId> {
        let (question, section) = match at {
            Holder::Question(question) => (Some(question), None),
            Holder::Section(section) => (None, Some(section)),
            Holder::Form => (None, None),
        };
        let row = question.and_then(|question| self.names.parents.get(question.index()).copied().flatten());
        let mut ids = Vec::new();
        let mut seen = BTreeSet::new();
        for item in holder.get("checks").into_iter().flat_map(Item::items) {
            let Some(assert) = item.get("assert") else { continue };
            let Some(name) = item.text_of("id") else {
                // That it has none is told already; what is wrong with its condition is told in the same run.
                self.condition(assert, row);
                continue;
            };
            if !seen.insert(name) {
                self.error(codes::PLAN_DUPLICATE_NAME, "two checks here have this id", item.place());
            }
            let id = CheckId(u32::try_from(self.checks.len()).unwrap_or(u32::MAX));
            let pack_path: Vec<&str> = path.iter().copied().chain(["checks", name]).collect();
            let message = self.text(item.get("message"), file, &pack_path, row);
            let Some(program) = self.condition(assert, row) else { continue };
            self.link(Task::Check(id), row, &program, assert);
            self.checks.push(Check {
                place: item.place(),
                id: name.into(),
                question,
                section,
                assert: program,
                message: message.unwrap_or_else(|| Localised::plain(name)),
                severity: match item.text_of("severity") {
                    Some("warning") => Severity::Warning,
                    Some("info") => Severity::Info,
                    _ => Severity::Error,
                },
            });
            ids.push(id);
        }
        ids
    }
}
