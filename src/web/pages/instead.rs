use yew::prelude::*;

use crate::web::host::address;
use crate::web::route::Route;

/// What [`Instead`] is told.
#[derive(PartialEq, Properties)]
pub(super) struct InsteadProps {
    /// The page to see.
    pub(super) route: Route,
}

/// Where there is nothing to see: leads to another page, and leaves no stop on the way back.
#[component]
pub(super) fn Instead(props: &InsteadProps) -> Html {
    let href = props.route.href();
    use_effect_with((), move |()| address::go_instead(&href));
    Html::default()
}
