//! Elements as assistive technology knows them: by role and name, as the browser itself computes both.
//!
//! Chromium is asked for its accessibility tree. The WebDriver standard has no such question, and tells role and name of
//! one element at a time: in the other engines a script first picks the elements that may have them.

use fantoccini::Client;
use fantoccini::elements::Element;
use serde_json::{Value, json};

use super::Engine;
use super::extension::{computed, protocol};

/// The key of an element in the answer to a script, by the WebDriver standard.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A node of the accessibility tree.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) name: String,
    id: Id,
}

/// How an element is known: by its number in Chromium's protocol, or as the WebDriver standard knows it.
#[derive(Debug)]
enum Id {
    Backend(u64),
    Element(String),
}

/// All nodes of a role that assistive technology sees, in the order of the page; those alone that may have a name, if one
/// is given. `None` if the page was changing.
pub(super) async fn nodes(
    client: &Client,
    engine: Engine,
    role: &str,
    name: Option<&str>,
) -> Option<Vec<Node>> {
    if engine == Engine::Chromium {
        of_tree(client, role).await
    } else {
        by_standard(client, role, name).await
    }
}

async fn of_tree(client: &Client, role: &str) -> Option<Vec<Node>> {
    let document = protocol(client, "DOM.getDocument", json!({ "depth": 0 })).await?;
    let question = json!({ "nodeId": document["root"]["nodeId"], "role": role });
    let answer = protocol(client, "Accessibility.queryAXTree", question).await?;
    let seen = answer["nodes"].as_array()?.iter().filter(|node| node["ignored"] == false);
    Some(seen.filter_map(Node::read).collect())
}

/// The elements that a selector finds, that are seen and not covered by a dialog, and in which a name may be read
/// somewhere: every question about an element is a command of its own, and a page has hundreds.
const CANDIDATES: &str = "
    const [selector, name] = arguments;
    const plain = (text) => text.replace(/\\s+/g, '');
    const texts = (one) => [
      one.getAttribute('aria-label'), one.title, one.placeholder, one.value, one.innerText, one.textContent,
      ...[...one.labels ?? []].map((label) => label.innerText),
      ...(one.getAttribute('aria-labelledby') ?? '').split(/\\s+/).map((id) => document.getElementById(id)?.innerText),
    ].map((text) => plain(text ?? '')).join('');
    const modal = [...document.querySelectorAll('dialog:modal')].pop();
    return [...document.querySelectorAll(selector)]
      .filter((one) => one.checkVisibility({ visibilityProperty: true }))
      .filter((one) => !one.closest('[inert], [aria-hidden=true]') && (!modal || modal.contains(one)))
      .filter((one) => name === null || texts(one).includes(plain(name)));";

async fn by_standard(client: &Client, role: &str, name: Option<&str>) -> Option<Vec<Node>> {
    let arguments = vec![json!(selector(role)), json!(name)];
    let found = client.execute(CANDIDATES, arguments).await.ok()?;
    let mut nodes = Vec::new();
    for element in found.as_array()? {
        let id = element[ELEMENT].as_str()?;
        if computed(client, id, "computedrole").await? == role {
            let name = computed(client, id, "computedlabel").await?;
            nodes.push(Node { name, id: Id::Element(id.to_owned()) });
        }
    }
    Some(nodes)
}

/// What may have a role.
fn selector(role: &str) -> String {
    let native = match role {
        "button" => "button, input[type=button], input[type=submit], input[type=reset]",
        "link" => "a[href]",
        "checkbox" => "input[type=checkbox]",
        "radio" => "input[type=radio]",
        "textbox" => "textarea, input:not([type]), input[type=text]",
        "combobox" => "select",
        "spinbutton" => "input[type=number]",
        "table" => "table",
        "radiogroup" => "fieldset",
        other => panic!("no test has asked for a {other} yet: add what may be one"),
    };
    format!("{native}, [role={role}]")
}

impl Node {
    fn read(value: &Value) -> Option<Self> {
        let name = value["name"]["value"].as_str().unwrap_or_default().to_owned();
        Some(Self { name, id: Id::Backend(value["backendDOMNodeId"].as_u64()?) })
    }

    /// The element, for the commands of the WebDriver standard. `None` if it has gone.
    pub(super) async fn element(&self, client: &Client) -> Option<Element> {
        let id = match &self.id {
            Id::Backend(number) => pick_up(client, *number).await?,
            Id::Element(id) => id.clone(),
        };
        Some(Element::from_element_id(client.clone(), id.into()))
    }
}

/// Chromium's protocol and the standard share no ids: the element is laid down in the page and picked up again.
async fn pick_up(client: &Client, number: u64) -> Option<String> {
    let object = protocol(client, "DOM.resolveNode", json!({ "backendNodeId": number })).await?;
    let lay = json!({
        "objectId": object["object"]["objectId"],
        "functionDeclaration": "function () { window.pickUp = this.nodeType === Node.TEXT_NODE ? this.parentElement : this; }",
    });
    protocol(client, "Runtime.callFunctionOn", lay).await?;
    let pick = "const element = window.pickUp; delete window.pickUp; return element;";
    let answer = client.execute(pick, Vec::new()).await.ok()?;
    Some(answer[ELEMENT].as_str()?.to_owned())
}
