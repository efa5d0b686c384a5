//! The static site: what `serve` serves and `dist` ships.
//!
//! Every file but those with a fixed address (`index.html`, `manifest.webmanifest`, `precache.json`,
//! `service-worker.js`, and the deployment's own `destinations.json` and `policy.json`) carries the hash of its content in its name, so that a browser may keep it for ever. All
//! addresses are relative: the site works in any folder of a host. Whatever belongs to the second module has `worker`
//! in its name.

mod catalogue;
mod forms;
pub(crate) mod hash;
mod icons;
mod pages;
pub(crate) mod places;
mod precache;
mod reference;
mod styles;
mod sync;

use std::collections::BTreeMap;

use anyhow::{Context, Result, bail};

use crate::build::{self, Module};
use crate::workspace::Workspace;
pub(crate) use sync::{files_below, write};

/// The files of a site by address, and the addresses of what others refer to by name.
#[derive(Debug, Default)]
pub(crate) struct Site {
    files: BTreeMap<String, Vec<u8>>,
    addresses: BTreeMap<String, String>,
}

impl Site {
    /// Adds a file under a name with its hash, and returns its address.
    fn add(&mut self, name: &str, bytes: Vec<u8>) -> String {
        let address = hash::name(name, &bytes);
        self.files.insert(address.clone(), bytes);
        self.addresses.insert(name.to_owned(), address.clone());
        address
    }

    /// Adds a file under a fixed address.
    fn add_fixed(&mut self, address: &str, bytes: Vec<u8>) {
        self.files.insert(address.to_owned(), bytes);
    }

    /// The address of a file that was added by a name.
    pub(crate) fn address(&self, name: &str) -> Result<&str> {
        self.addresses.get(name).map(String::as_str).with_context(|| format!("the site has no `{name}`"))
    }

    /// Name and address of the files whose names begin so.
    fn named(&self, prefix: &str) -> impl Iterator<Item = (&str, &str)> {
        let all = self.addresses.iter().map(|(name, address)| (name.as_str(), address.as_str()));
        all.filter(move |(name, _)| name.starts_with(prefix))
    }

    /// The content of a file, by its address.
    pub(crate) fn file(&self, address: &str) -> Option<&[u8]> {
        self.files.get(address).map(Vec::as_slice)
    }

    /// Address and content of all files, in the order of their addresses.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(address, bytes)| (address.as_str(), bytes.as_slice()))
    }

    /// Puts addresses in the place of `{{name}}`.
    ///
    /// # Errors
    /// If a name is not that of a file, or a brace is left open.
    fn fill(&self, template: &str) -> Result<String> {
        let mut text = String::with_capacity(template.len());
        let mut rest = template;
        while let Some((before, after)) = rest.split_once("{{") {
            let (name, after) = after.split_once("}}").context("`{{` without `}}`")?;
            text.push_str(before);
            text.push_str(self.address(name.trim())?);
            rest = after;
        }
        text.push_str(rest);
        Ok(text)
    }

    /// Adds a module's WebAssembly and its JavaScript, which refers to the former by name.
    fn add_module(&mut self, module: Module) -> Result<()> {
        let Module { name, wasm, later, mut javascript, snippets } = module;
        let wasm_name = format!("{name}_bg.wasm");
        if !javascript.contains(&wasm_name) {
            bail!("the JavaScript of {name} does not refer to {wasm_name}: has wasm-bindgen changed?");
        }
        javascript = javascript.replace(&wasm_name, &self.add(&wasm_name, wasm));
        for (index, (path, script)) in snippets.into_iter().enumerate() {
            let address = self.add(&format!("{name}-snippet-{index}.js"), script.into_bytes());
            javascript = javascript.replace(&path, &format!("./{address}"));
        }
        self.add(&format!("{name}.js"), javascript.into_bytes());
        if let Some(later) = later {
            self.add(&format!("{name}-later_bg.wasm"), later);
        }
        Ok(())
    }
}

/// Builds the modules and assembles the site in memory.
pub(crate) fn assemble(workspace: &Workspace) -> Result<Site> {
    let mut site = Site::default();
    site.add_module(build::module(workspace, build::PAGE)?)?;
    site.add_module(build::module(workspace, build::WORKER)?)?;
    site.add_module(build::module(workspace, build::KEEPER)?)?;
    styles::add(&mut site, &workspace.at("www/styles"))?;
    pages::add_icons(&mut site, &workspace.at("www/icons"))?;
    icons::add(&mut site)?;
    catalogue::add(&mut site, &workspace.at("www/text"), &workspace.at("schemas"))?;
    pages::add(&mut site, &workspace.at("www"))?;
    precache::add(&mut site, &workspace.at("www"))?;
    places::add(&mut site, &workspace.at("www"), &workspace.at("schemas"))?;
    Ok(site)
}

#[cfg(test)]
mod tests {
    use super::Site;
    use crate::build::Module;

    #[test]
    fn names_become_addresses() {
        let mut site = Site::default();
        let address = site.add("icons/a.svg", b"<svg/>".to_vec());
        assert_eq!(site.fill("<a href=\"{{icons/a.svg}}\">").unwrap(), format!("<a href=\"{address}\">"));
        assert_eq!(site.fill("nothing to fill").unwrap(), "nothing to fill");
        assert!(site.fill("{{icons/b.svg}}").is_err());
        assert!(site.fill("{{icons/a.svg").is_err());
    }

    #[test]
    fn javascript_refers_to_hashed_files() {
        let mut site = Site::default();
        site.add_module(Module {
            name: "intake-worker".into(),
            wasm: b"\0asm".to_vec(),
            later: None,
            javascript: "import { f } from './snippets/x-1/inline0.js'; new URL('intake-worker_bg.wasm', here)".into(),
            snippets: vec![("./snippets/x-1/inline0.js".into(), "export function f() {}".into())],
        })
        .unwrap();
        let address = site.address("intake-worker.js").unwrap();
        let script = String::from_utf8(site.file(address).unwrap().to_vec()).unwrap();
        let wasm = site.address("intake-worker_bg.wasm").unwrap();
        let snippet = site.address("intake-worker-snippet-0.js").unwrap();
        assert_eq!(script, format!("import {{ f }} from './{snippet}'; new URL('{wasm}', here)"));
        assert!(site.files().all(|(address, _)| address.contains("worker")));
    }
}
