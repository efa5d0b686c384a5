//! Elements as assistive technology knows them: by role and name, as the browser itself computes both.

use fantoccini::Client;
use fantoccini::elements::Element;
use serde_json::{Value, json};

use super::extension::protocol;

/// The key of an element in the answer to a script, by the WebDriver standard.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// A node of the accessibility tree.
#[derive(Debug)]
pub(super) struct Node {
    pub(super) name: String,
    backend: u64,
}

/// All nodes of a role that assistive technology sees, in the order of the page. `None` if the page was changing.
pub(super) async fn nodes(client: &Client, role: &str) -> Option<Vec<Node>> {
    let document = protocol(client, "DOM.getDocument", json!({ "depth": 0 })).await?;
    let question = json!({ "nodeId": document["root"]["nodeId"], "role": role });
    let answer = protocol(client, "Accessibility.queryAXTree", question).await?;
    let seen = answer["nodes"].as_array()?.iter().filter(|node| node["ignored"] == false);
    Some(seen.filter_map(Node::read).collect())
}

impl Node {
    fn read(value: &Value) -> Option<Self> {
        let name = value["name"]["value"].as_str().unwrap_or_default().to_owned();
        Some(Self { name, backend: value["backendDOMNodeId"].as_u64()? })
    }

    /// The element, for the commands of the WebDriver standard. `None` if it has gone.
    pub(super) async fn element(&self, client: &Client) -> Option<Element> {
        let object = protocol(client, "DOM.resolveNode", json!({ "backendNodeId": self.backend })).await?;
        // The two protocols share no ids: the element is laid down in the page and picked up again.
        let lay = json!({
            "objectId": object["object"]["objectId"],
            "functionDeclaration": "function () { window.pickUp = this.nodeType === Node.TEXT_NODE ? this.parentElement : this; }",
        });
        protocol(client, "Runtime.callFunctionOn", lay).await?;
        let pick = "const element = window.pickUp; delete window.pickUp; return element;";
        let answer = client.execute(pick, Vec::new()).await.ok()?;
        let id = answer[ELEMENT].as_str()?.to_owned();
        Some(Element::from_element_id(client.clone(), id.into()))
    }
}
