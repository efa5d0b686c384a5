use std::rc::Rc;

use yew::prelude::*;

use super::{Icon, icon};
use crate::session::Node;
use crate::value::Value;
use crate::web::hooks::{use_node, use_texts};
use crate::web::host::bytes::Shown;
use crate::web::store::Store;

/// What a picture shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Picture {
    /// A signature or a thumbprint.
    Mark,
    /// A photograph.
    Photo,
}

/// What [`Attached`] is told.
#[derive(PartialEq, Properties)]
pub(crate) struct AttachedProps {
    /// The interview.
    pub(crate) store: Store,
    /// The question.
    pub(crate) node: Node,
    /// What it shows.
    pub(crate) picture: Picture,
    /// Whether it can be saved as a file.
    #[prop_or_default]
    pub(crate) saves: bool,
}

/// The picture that an answer names.
#[component]
pub(crate) fn Attached(props: &AttachedProps) -> Html {
    let AttachedProps { store, node, picture, saves } = props;
    use_node(store, *node);
    let texts = use_texts();
    let shown = use_state(|| None::<Rc<Shown>>);
    let id = match store.session().value(*node) {
        Some(Value::Text(id)) => Some(id.to_string()),
        _ => None,
    };
    {
        let (store, shown) = (store.clone(), shown.setter());
        use_effect_with(id.clone(), move |id| match id {
            Some(id) => store.attachments().get(
                id,
                Box::new(move |found| {
                    let made = found.and_then(|found| Shown::new(&found.bytes, found.media_type));
                    shown.set(made.map(Rc::new));
                }),
            ),
            None => shown.set(None),
        });
    }
    let (label, class) = match picture {
        Picture::Mark => ("mark.there", "attached attached-mark"),
        Picture::Photo => ("photo.there", "attached"),
    };
    match (&*shown, id) {
        (Some(shown), _) => {
            let file = match picture {
                Picture::Mark => "mark",
                Picture::Photo => "photo",
            };
            html! {
                <>
                    <img {class} src={shown.address().to_owned()} alt={texts.say(label)} />
                    if *saves {
                        <a class="button button-quiet button-small no-print" href={shown.address().to_owned()}
                            download={format!("{file}.{}", shown.extension())}>
                            { icon(Icon::Download, Classes::new()) }{ texts.say("attached.save") }
                        </a>
                    }
                </>
            }
        }
        // The bytes are elsewhere: on the tablet on which it was made.
        (None, Some(_)) => html! { <p class="output output-text">{ texts.say(label) }</p> },
        (None, None) => Html::default(),
    }
}
