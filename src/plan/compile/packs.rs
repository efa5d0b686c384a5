use std::collections::BTreeSet;

use super::Compiler;
use crate::diagnostic::{Diagnostic, codes, did_you_mean};
use crate::json::Item;
use crate::plan::Question;

impl Compiler<'_> {
    /// Finds texts of language packs for what is not there: a renamed question would lose its translation silently.
    #[inline(never)]
    pub(super) fn check_packs(&mut self, questions: &[Question]) {
        let questionnaire = self.questionnaire;
        for pack in &questionnaire.packs {
            let Some(root) = questionnaire.file_root(pack.file) else { continue };
            // The questionnaire's own pack may translate everything; an instrument's only what is its own.
            let concerns = |file: usize| pack.of == 0 || pack.of == file;
            let drafts = self.drafts.iter().enumerate().filter(|(_, draft)| concerns(draft.file));
            let paths: BTreeSet<&str> = drafts.map(|(_, draft)| draft.path.as_str()).collect();
            let scores: BTreeSet<&str> = self
                .score_drafts
                .iter()
                .filter(|draft| concerns(draft.file))
                .map(|draft| &*draft.id)
                .collect();
            let holders = || {
                let root = questionnaire.root().map(|root| (root, 0));
                let sections = questionnaire.sections().map(|section| (section.body, section.file));
                root.into_iter().chain(sections).filter(|(_, file)| concerns(*file)).map(|(holder, _)| holder)
            };
            let rules: BTreeSet<&str> = holders()
                .flat_map(|holder| holder.get("rules").into_iter().flat_map(Item::items))
                .filter_map(|rule| rule.text_of("id"))
                .collect();
            let sections: BTreeSet<&str> = questionnaire
                .sections()
                .filter(|section| concerns(section.file))
                .filter_map(|section| section.get("id").and_then(Item::text))
                .collect();
            let entries: BTreeSet<&str> = questionnaire
                .lists()
                .filter(|(_, _, file)| concerns(*file))
                .flat_map(|(_, body, _)| body.get("entries").into_iter().flat_map(Item::items))
                .filter_map(|entry| entry.text_of("code"))
                .collect();
            let mut found = Vec::new();
            for (keyword, what, known) in [
                ("questions", "question", &paths),
                ("scores", "score", &scores),
                ("rules", "rule", &rules),
                ("sections", "section", &sections),
                ("entries", "entry", &entries),
            ] {
                for (name, item) in root.get(keyword).into_iter().flat_map(Item::entries) {
                    if !known.contains(name) {
                        found.push(unknown(what, name, item, known));
                    }
                }
            }
            for (index, draft) in self.drafts.iter().enumerate() {
                let Some(texts) = root.get("questions").and_then(|all| all.get(&draft.path)) else {
                    continue;
                };
                let Some(question) = questions.get(index) else { continue };
                let codes: BTreeSet<&str> =
                    question.own_choices().iter().map(|choice| &*choice.code).collect();
                for (code, item) in texts.get("choices").into_iter().flat_map(Item::entries) {
                    if !codes.contains(code) {
                        found.push(unknown("choice", code, item, &codes));
                    }
                }
            }
            self.diagnostics.extend(found);
        }
    }
}

fn unknown(what: &str, name: &str, item: Item<'_>, known: &BTreeSet<&str>) -> Diagnostic {
    let name: String = name.chars().take(60).collect();
    let meant = did_you_mean(&name, known.iter().copied());
    let meant = meant.map_or(String::new(), |meant| format!(": did you mean `{meant}`?"));
    Diagnostic::error(codes::PLAN_PACK_NAME, format!("there is no {what} `{name}` to translate{meant}"))
        .at(item.key_place())
        .help("correct the name, or remove its texts")
}
