use serde_json::json;

use super::form::Form;

/// Draws a line on a surface with a finger.
fn draw(form: &Form, name: &str) {
    form.page.script(&format!(
        "const surface = document.querySelector('#{} canvas');
         surface.scrollIntoView({{ block: 'center', behavior: 'instant' }});
         const box = surface.getBoundingClientRect();
         const at = (type, x, y) => surface.dispatchEvent(new PointerEvent(type, {{
           pointerId: 7, pointerType: 'touch', isPrimary: true, bubbles: true, cancelable: true, pressure: 0.5,
           width: 40, height: 50, clientX: box.left + x, clientY: box.top + y }}));
         at('pointerdown', 30, 40); at('pointermove', 120, 90); at('pointermove', 200, 30); at('pointerup', 200, 30);",
        form.id(name)
    ));
}

#[test]
fn a_mark_is_kept_when_the_finger_is_lifted_and_can_be_made_again() {
    let form = Form::open(4);
    let page = &form.page;
    for name in ["mark", "thumb"] {
        draw(&form, name);
        page.wait_for("it is answered", || {
            form.texts(name, "button").iter().any(|text| text == "Clear and sign again")
        });
        let ink = page.script(&format!(
            "const surface = document.querySelector('#{} canvas');
             const data = surface.getContext('2d').getImageData(0, 0, surface.width, surface.height).data;
             let dark = 0;
             for (let at = 0; at < data.length; at += 4) if (data[at] < 128) dark += 1;
             return dark;",
            form.id(name)
        ));
        assert!(ink.as_u64().unwrap() > 200, "{name}: {ink} dark points");
    }
    assert_eq!(form.reviewed("Sign"), "Save the picture");
    page.wait_for("both are seen there", || page.all(".answer img.attached-mark").len() == 2);
    let link = page.css(".answer a[download]");
    assert_eq!(link.attribute("download").as_deref(), Some("mark.png"), "its name tells nothing");
    form.go_to(4);
    page.wait_for("it is shown again", || {
        page.script(&format!(
            "const one = document.querySelector('#{} img'); return one !== null && one.naturalWidth > 100",
            form.id("mark")
        )) == true
    });
    form.press("mark", "button", "Clear and sign again");
    page.wait_for("the paper is empty", || form.texts("mark", ".mark-hint") == ["Sign here"]);
    page.assert_no_faults();
}

#[test]
fn a_photograph_is_made_small() {
    let form = Form::open(4);
    let page = &form.page;
    let sent = page.script_async(&format!(
        "const canvas = document.createElement('canvas');
         canvas.width = 3200; canvas.height = 1600;
         const context = canvas.getContext('2d');
         for (let at = 0; at < 400; at += 1) {{
           context.fillStyle = `hsl(${{at * 37 % 360}} 80% 50%)`;
           context.fillRect(at * 31 % 3200, at * 17 % 1600, 240, 160);
         }}
         const blob = await new Promise((done) => canvas.toBlob(done, 'image/png'));
         const files = new DataTransfer();
         files.items.add(new File([blob], 'IMG_0001.png', {{ type: 'image/png' }}));
         const input = document.querySelector('#{} input[type=file]');
         input.files = files.files;
         input.dispatchEvent(new Event('change', {{ bubbles: true }}));
         return blob.size;",
        form.id("door")
    ));
    assert!(sent.as_u64().is_some(), "{sent}");
    page.wait_for("it is shown", || {
        page.script(&format!(
            "const one = document.querySelector('#{} img'); return one ? [one.naturalWidth, one.naturalHeight] : null",
            form.id("door")
        )) == json!([1600, 800])
    });
    assert_eq!(form.texts("door", ".file-button"), ["Take another photograph"]);
    form.press("door", "button", "Remove");
    page.wait_for("it is gone", || form.texts("door", ".file-button") == ["Take a photograph"]);
    page.assert_no_faults();
}

#[test]
fn a_place_is_found_or_written() {
    let form = Form::open(4);
    let page = &form.page;
    // Whether the browser may ask a satellite differs from machine to machine: the page asks, and this answers.
    page.script(
        "Geolocation.prototype.getCurrentPosition = (found) =>
           found({ coords: { latitude: 26.64702, longitude: 106.63024, accuracy: 12 } })",
    );
    form.press("place", "button", "Find this place");
    let boxes = || {
        let boxes = page.all(&format!("#{} .place-part input", form.id("place")));
        boxes.iter().map(|one| one.value()).collect::<Vec<_>>()
    };
    page.wait_for("the degrees", || boxes() == ["26.64702", "106.63024"]);
    assert_eq!(form.texts("place", ".hint"), ["Exact to 12 metres"]);
    let north = form.css("place", ".place-part input");
    north.click();
    page.press_with(&[crate::harness::Key::Control], 'a');
    page.keys("95");
    page.script("document.activeElement.blur()");
    page.wait_for("there is no such place", || form.texts("place", ".message-error").len() == 1);
    page.assert_no_faults();
}

/// How many dark points a surface has in a part of its width.
fn dark(form: &Form, name: &str, from: f64, to: f64) -> u64 {
    let points = form.page.script(&format!(
        "const surface = document.querySelector('#{} canvas');
         const [left, right] = [{from}, {to}].map((part) => Math.round(part * surface.width));
         const data = surface.getContext('2d').getImageData(left, 0, right - left, surface.height).data;
         let dark = 0;
         for (let at = 0; at < data.length; at += 4) if (data[at] < 128) dark += 1;
         return dark;",
        form.id(name)
    ));
    points.as_u64().expect("a number")
}

#[test]
fn an_answer_that_is_taken_back_leaves_no_ink_behind() {
    let form = Form::open(4);
    let page = &form.page;
    draw(&form, "mark");
    let again = |text: &String| text == "Clear and sign again";
    page.wait_for("it is answered", || form.texts("mark", "button").iter().any(again));
    form.press("mark", ".absences .chip", "Does not want to say");
    page.wait_for("the answer has gone", || !form.texts("mark", "button").iter().any(again));
    page.wait_for("and the ink with it", || dark(&form, "mark", 0.0, 1.0) == 0);
    page.assert_no_faults();
}

#[test]
fn a_tablet_that_is_turned_takes_a_mark_where_the_finger_is() {
    let form = Form::open(4);
    let page = &form.page;
    page.resize(800, 1280);
    page.wait_for("upright", || page.script("return innerWidth") == 800);
    page.resize(1280, 800);
    page.wait_for("on its side", || page.script("return innerWidth") == 1280);
    let press = |part: f64| {
        page.script(&format!(
            "const surface = document.querySelector('#{} canvas');
             surface.scrollIntoView({{ block: 'center', behavior: 'instant' }});
             const box = surface.getBoundingClientRect();
             const at = (type, id, x) => surface.dispatchEvent(new PointerEvent(type, {{
               pointerId: id, pointerType: 'touch', isPrimary: id === 7, bubbles: true, cancelable: true, pressure: 0.5,
               width: 40, height: 50, clientX: box.left + x * box.width, clientY: box.top + box.height / 2 }}));
             at('pointerdown', 7, {part}); at('pointerdown', 8, 0.5); at('pointermove', 8, 0.6);
             at('pointermove', 7, {part} + 0.03); at('pointerup', 8, 0.6); at('pointerup', 7, {part} + 0.03);",
            form.id("mark")
        ));
    };
    press(0.9);
    page.wait_for("the line is at the edge", || dark(&form, "mark", 0.88, 0.95) > 20);
    assert_eq!(dark(&form, "mark", 0.0, 0.87), 0, "and a palm draws nothing");
    // Once there is ink, it stays, and is stretched with the surface.
    page.resize(800, 1280);
    page.wait_for("upright", || page.script("return innerWidth") == 800);
    press(0.1);
    page.wait_for("the line is under the finger", || dark(&form, "mark", 0.08, 0.15) > 20);
    page.assert_no_faults();
}

#[test]
fn a_pen_writes_while_the_hand_that_holds_it_rests_on_the_glass() {
    let form = Form::open(4);
    let page = &form.page;
    page.script(&format!(
        "const surface = document.querySelector('#{} canvas');
         surface.scrollIntoView({{ block: 'center', behavior: 'instant' }});
         const box = surface.getBoundingClientRect();
         const at = (type, of, x) => surface.dispatchEvent(new PointerEvent(type, {{
           pointerId: of === 'pen' ? 9 : 7, pointerType: of, isPrimary: true, bubbles: true, cancelable: true,
           pressure: 0.5, width: 40, height: 50,
           clientX: box.left + x * box.width, clientY: box.top + box.height / 2 }}));
         at('pointerdown', 'touch', 0.9); at('pointerdown', 'pen', 0.3); at('pointermove', 'touch', 0.95);
         at('pointermove', 'pen', 0.5); at('pointerup', 'touch', 0.95); at('pointermove', 'pen', 0.6);
         at('pointerup', 'pen', 0.6);",
        form.id("mark")
    ));
    page.wait_for("what the pen wrote is the answer", || {
        form.texts("mark", "button").iter().any(|text| text == "Clear and sign again")
    });
    assert!(dark(&form, "mark", 0.5, 0.61) > 20, "to the end of it");
    assert_eq!(dark(&form, "mark", 0.92, 1.0), 0, "and the hand that moves on draws nothing");
    page.assert_no_faults();
}
