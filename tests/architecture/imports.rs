//! What a Rust file refers to, from its tokens: comments, texts and names that only look alike do not count.

use std::collections::BTreeSet;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// The names with which paths of a file begin.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Imports {
    /// After `crate::`, or after as many `super::` as lead to the root.
    pub modules: BTreeSet<String>,
    /// At the beginning of a path.
    pub libraries: BTreeSet<String>,
}

impl Imports {
    /// Reads a file, whose path from `src` says how far it is from the root.
    pub fn of(path: &str, text: &str) -> Self {
        let tokens: TokenStream = text.parse().unwrap_or_else(|fault| panic!("src/{path}: {fault}"));
        let file = path.trim_end_matches(".rs").trim_end_matches("/mod");
        let mut imports = Self::default();
        imports.read(tokens, file.split('/').count());
        imports
    }

    fn read(&mut self, tokens: TokenStream, depth: usize) {
        let tokens: Vec<TokenTree> = tokens.into_iter().collect();
        for (at, token) in tokens.iter().enumerate() {
            match token {
                TokenTree::Group(group) => {
                    let is_module = at >= 2 && is_word(&tokens[at - 2], "mod");
                    self.read(group.stream(), depth + usize::from(is_module));
                }
                TokenTree::Ident(word) if !follows_path(&tokens, at) => {
                    let word = word.to_string();
                    if let Some(rest) = after_path(&tokens, at) {
                        self.path(&word, rest, &tokens, depth);
                    } else if at > 0 && is_word(&tokens[at - 1], "use") {
                        self.libraries.insert(word);
                    }
                }
                _ => {}
            }
        }
    }

    /// A path that begins with `word::` and goes on at `rest`.
    fn path(&mut self, word: &str, mut rest: usize, tokens: &[TokenTree], depth: usize) {
        let mut climbs = match word {
            "crate" => depth,
            "super" => 1,
            _ => {
                self.libraries.insert(word.to_owned());
                return;
            }
        };
        while tokens.get(rest).is_some_and(|token| is_word(token, "super")) {
            climbs += 1;
            rest = after_path(tokens, rest).unwrap_or(tokens.len());
        }
        if climbs < depth {
            return;
        }
        match tokens.get(rest) {
            Some(TokenTree::Ident(module)) => {
                self.modules.insert(module.to_string());
            }
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Brace => {
                let inside: Vec<TokenTree> = group.stream().into_iter().collect();
                let begins = |at: usize| {
                    at == 0 || matches!(&inside[at - 1], TokenTree::Punct(p) if p.as_char() == ',')
                };
                for (at, token) in inside.iter().enumerate() {
                    if let (true, TokenTree::Ident(module)) = (begins(at), token) {
                        self.modules.insert(module.to_string());
                    }
                }
            }
            _ => {}
        }
    }
}

fn is_word(token: &TokenTree, word: &str) -> bool {
    matches!(token, TokenTree::Ident(ident) if ident == word)
}

fn is_colon(token: Option<&TokenTree>) -> bool {
    matches!(token, Some(TokenTree::Punct(punct)) if punct.as_char() == ':')
}

/// Where a path goes on after the word at a place, if `::` follows it.
fn after_path(tokens: &[TokenTree], at: usize) -> Option<usize> {
    (is_colon(tokens.get(at + 1)) && is_colon(tokens.get(at + 2))).then_some(at + 3)
}

/// Whether the word at a place goes on with a path.
fn follows_path(tokens: &[TokenTree], at: usize) -> bool {
    let goes_on = |token: &TokenTree| match token {
        TokenTree::Ident(word) => word != "use",
        TokenTree::Punct(punct) => punct.as_char() == '>',
        _ => false,
    };
    at >= 3 && is_colon(tokens.get(at - 1)) && is_colon(tokens.get(at - 2)) && goes_on(&tokens[at - 3])
}

#[test]
fn what_a_file_refers_to() {
    let text = r#"
        //! crate::web
        use crate::plan::{Plan, crate_like};
        use crate::{value::Value, diagnostic};
        use gloo;
        /// [`crate::cli`]
        fn f(x: yew::Html) -> super::super::session::Session { "crate::server"; ::clap::x(); x.crate_::y() }
        mod tests { use super::super::Near; use super::super::super::json::Item; fn g() { super::super::super::lint::h() } }
    "#;
    let found = Imports::of("profile/wire.rs", text);
    let modules: Vec<&str> = found.modules.iter().map(String::as_str).collect();
    assert_eq!(modules, ["diagnostic", "json", "lint", "plan", "session", "value"]);
    for library in ["clap", "gloo", "yew"] {
        assert!(found.libraries.contains(library), "{library}: {found:?}");
    }
    assert!(Imports::of("profile/mod.rs", "use super::plan;").modules.contains("plan"));
    assert!(Imports::of("profile/x.rs", "use super::plan;").modules.is_empty());
}
