//! `catalogue.json`: which questionnaires and interface languages the site holds, and where.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::{Value, json};

use super::forms::Form;
use super::{Site, sync};

/// Adds the interface texts, a bundle for each questionnaire and the catalogue of both and of the icons.
pub(super) fn add(site: &mut Site, texts: &Path, schemas: &Path) -> Result<()> {
    let mut languages = BTreeMap::new();
    for name in sync::files_with(texts, ".json")? {
        let bytes = fs::read(texts.join(&name))?;
        serde_json::from_slice::<Value>(&bytes).with_context(|| format!("www/text/{name}"))?;
        let address = site.add(&format!("text/{name}"), bytes);
        languages.insert(name.trim_end_matches(".json").to_owned(), address);
    }
    let mut forms = Vec::new();
    for folder in folders(&schemas.join("questionnaires"))? {
        let form = Form::read(schemas, &folder)?;
        let address = site.add(&format!("forms/{folder}.json"), form.bundle()?);
        forms.push(describe(&form, &address)?);
    }
    let icons: BTreeMap<&str, &str> = site
        .named("icons/")
        .filter_map(|(name, address)| Some((name.strip_prefix("icons/")?, address)))
        .collect();
    let catalogue = serde_json::to_vec(&json!({ "forms": forms, "texts": languages, "icons": icons }))?;
    site.add("catalogue.json", catalogue);
    Ok(())
}

/// A questionnaire's entry. A title that a language pack lacks is shown in the default language.
fn describe(form: &Form, address: &str) -> Result<Value> {
    let document = &form.document;
    let text =
        |name: &str| document[name].as_str().with_context(|| format!("schemas/{}: no `{name}`", form.entry));
    let languages: Vec<&str> =
        document["languages"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let in_each_language = |name: &str| -> BTreeMap<&str, &Value> {
        let own = &document[name];
        let translated =
            |language: &str| form.packs.get(language).and_then(|pack| pack.get(name)).unwrap_or(own);
        languages
            .iter()
            .map(|language| (*language, translated(language)))
            .filter(|(_, text)| text.is_string())
            .collect()
    };
    text("title")?;
    Ok(json!({
        "id": text("id")?,
        "version": text("version")?,
        "languages": languages,
        "title": in_each_language("title"),
        "description": in_each_language("description"),
        "file": address,
        "follows": takes_over(document),
    }))
}

/// Whether anything in a questionnaire is taken over from the profile of the time before.
fn takes_over(document: &Value) -> bool {
    match document {
        Value::Object(members) => members.contains_key("prefill") || members.values().any(takes_over),
        Value::Array(items) => items.iter().any(takes_over),
        _ => false,
    }
}

/// The folders of a folder that hold a questionnaire, sorted.
fn folders(place: &Path) -> Result<Vec<String>> {
    if !place.is_dir() {
        return Ok(Vec::new());
    }
    let mut names = Vec::new();
    for entry in fs::read_dir(place)? {
        let entry = entry?;
        if entry.path().join("questionnaire.json").is_file() {
            names.extend(entry.file_name().to_str().map(str::to_owned));
        }
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::{Site, add};
    use serde_json::Value;
    use std::fs;
    use std::path::PathBuf;

    /// A folder of its own for a test, gone when the test ends.
    struct Folder(PathBuf);

    impl Folder {
        fn new(name: &str, files: &[(&str, &str)]) -> Self {
            let root = std::env::temp_dir().join(format!("intake-xtask-{name}-{}", std::process::id()));
            for (path, text) in files {
                let path = root.join(path);
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, text).unwrap();
            }
            Self(root)
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    const FORM: &str = r#"{ "id": "pets", "version": "2.1.0", "title": "Pets", "description": "Who lives here",
        "languages": ["en", "fr"], "allOf": [{ "$ref": "../../instruments/a.json" }] }"#;

    #[test]
    fn a_bundle_holds_what_the_questionnaire_reaches() {
        let folder = Folder::new(
            "bundle",
            &[
                ("text/en.json", "{}"),
                ("schemas/questionnaires/pets/questionnaire.json", FORM),
                ("schemas/questionnaires/pets/fr.json", r#"{ "language": "fr", "title": "Animaux" }"#),
                ("schemas/questionnaires/pets/scenarios.json", "[]"),
                (
                    "schemas/instruments/a.json",
                    r#"{ "allOf": [{ "$ref": "b.json#/x" }, { "$ref": "a.json" }] }"#,
                ),
                ("schemas/instruments/a.fr.json", r#"{ "language": "fr" }"#),
                ("schemas/instruments/b.json", "{}"),
                ("schemas/instruments/unused.json", "{}"),
            ],
        );
        let mut site = Site::default();
        add(&mut site, &folder.0.join("text"), &folder.0.join("schemas")).unwrap();

        let read = |address: &str| serde_json::from_slice::<Value>(site.file(address).unwrap()).unwrap();
        let catalogue = read(site.address("catalogue.json").unwrap());
        assert_eq!(catalogue["texts"]["en"], site.address("text/en.json").unwrap());
        let form = &catalogue["forms"][0];
        assert_eq!((&form["id"], &form["version"]), (&Value::from("pets"), &Value::from("2.1.0")));
        assert_eq!(form["title"], serde_json::json!({ "en": "Pets", "fr": "Animaux" }));
        assert_eq!(
            form["description"],
            serde_json::json!({ "en": "Who lives here", "fr": "Who lives here" })
        );

        let bundle = read(form["file"].as_str().unwrap());
        assert_eq!(bundle["entry"], "questionnaires/pets/questionnaire.json");
        let files: Vec<&String> = bundle["files"].as_object().unwrap().keys().collect();
        assert_eq!(
            files,
            [
                "instruments/a.fr.json",
                "instruments/a.json",
                "instruments/b.json",
                "questionnaires/pets/fr.json",
                "questionnaires/pets/questionnaire.json"
            ]
        );
        assert_eq!(bundle["files"]["questionnaires/pets/questionnaire.json"], FORM);
    }

    #[test]
    fn a_pack_says_its_language() {
        let folder = Folder::new(
            "pack",
            &[
                ("schemas/questionnaires/pets/questionnaire.json", r#"{ "id": "pets" }"#),
                ("schemas/questionnaires/pets/fr.json", r#"{ "language": "de" }"#),
            ],
        );
        let failed = add(&mut Site::default(), &folder.0.join("text"), &folder.0.join("schemas"));
        assert!(failed.unwrap_err().to_string().contains("questionnaires/pets/fr.json"));
    }
}
