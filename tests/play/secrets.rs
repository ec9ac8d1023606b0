//! Does any panel tell how an open or sealed prediction turns out? Two lessons that differ only beyond it look the same.
#![expect(clippy::unwrap_used, reason = "in a test that is a failure")]

use std::collections::BTreeSet;

use downhill::app::key::press::script;
use downhill::app::keymap::table::rows;
use downhill::app::look::appearance::Look;
use downhill::app::room::errand::Standing;
use downhill::app::room::session::Session;
use downhill::app::room::sitting::Sitting;
use downhill::export::text::text;
use downhill::host::headless::Headless;
use downhill::lesson::file::read::study;
use downhill::lesson::schema::Panel;

/// Methods whose first step leaves the window, with the place in which the question opens.
const METHODS: [(&str, &str, &str); 10] = [
    ("", r#"step_size = { rule = "fixed", alpha = 0.8 }"#, r#"sub_step = "direction""#),
    ("", r#"step_size = { rule = "diminishing", alpha0 = 0.8 }"#, r#"sub_step = "direction""#),
    ("", r#"step_size = { rule = "cosine-annealing", alpha0 = 0.8 }"#, r#"sub_step = "here""#),
    ("", r#"step_size = { rule = "backtracking", initial = 1.0 }"#, r#"sub_step = "direction""#),
    ("", r#"step_size = { rule = "strong-wolfe", initial = 0.1, gamma2 = 0.1 }"#, "trial = 1"),
    ("", r#"step_size = { rule = "exact" }"#, r#"sub_step = "direction""#),
    (r#"rule = "momentum""#, r#"step_size = { rule = "fixed", alpha = 0.8 }"#, r#"sub_step = "direction""#),
    (r#"rule = "adam""#, r#"step_size = { rule = "fixed", alpha = 6.4 }"#, r#"sub_step = "direction""#),
    (r#"rule = "newton""#, r#"step_size = { rule = "fixed", alpha = 0.8 }"#, r#"sub_step = "direction""#),
    (r#"rule = "bfgs""#, r#"step_size = { rule = "fixed", alpha = 0.8 }"#, r#"sub_step = "direction""#),
];

/// A lesson whose f is the same for x₁ ≤ 5, where its map ends; beyond there is a wall of height `wall`, or none.
fn room(panel: Panel, (direction, step_size, until): (&str, &str, &str), wall: f64, size: (u16, u16)) -> Headless {
    let direction = if direction.is_empty() { r#"rule = "steepest-descent""# } else { direction };
    let source = format!(
        r#"
format = 1
title  = "Beyond the map"
[scenario.wall]
objective = {{ formula = "(x1-8)^2/2 + x2^2/2 + c*max(0, x1-5)^2", with = {{ c = {wall:?} }} }}
window    = {{ x1 = [-2, 5], x2 = [-3, 3] }}
start     = [0, 1]
known     = {{ lipschitz = 1, strong_convexity = 1, value = 0, points = [[8, 0]] }}
[[scenario.wall.run]]
direction = {{ {direction} }}
{step_size}
[[page]]
text  = "Beyond x = 5 nobody has been."
show  = ["{}", "map"]
until = {{ iteration = 0, {until} }}
grain = "sub-step"
ask   = {{ kind = "choose", question = "Is f(x) below 4 then?", options = [
  {{ text = "yes", claim = {{ at = 1, quantity = "value", below = 4 }} }},
  {{ text = "no",  claim = {{ at = 1, quantity = "value", at_least = 4 }} }} ] }}
"#,
        panel.name()
    );
    let reading = study("wall", &source);
    assert!(reading.complaints.is_empty(), "{:?}", reading.complaints.iter().map(|it| &it.message).collect::<Vec<_>>());
    let sitting = Sitting::open(reading.lesson.unwrap()).unwrap();
    Headless::new(Session::single(sitting), size, Look::default())
}

/// The learner steps down a bowl; beside it stands the lesson of the wall, where another method may be at work.
fn beside_the_wall(ours: (&str, &str, &str), theirs: (&str, &str, &str), wall: f64, size: (u16, u16)) -> Headless {
    let run = |(direction, step_size, _): (&str, &str, &str)| {
        let direction = if direction.is_empty() { r#"rule = "steepest-descent""# } else { direction };
        format!("direction = {{ {direction} }}\n{step_size}")
    };
    let source = format!(
        r#"
format = 1
title  = "Beside the wall"
[scenario.bowl]
objective = {{ formula = "(x1-8)^2/2 + x2^2/2" }}
window    = {{ x1 = [-2, 5], x2 = [-3, 3] }}
start     = [0, 1]
[[scenario.bowl.run]]
{}
[scenario.wall]
objective = {{ formula = "(x1-8)^2/2 + x2^2/2 + c*max(0, x1-5)^2", with = {{ c = {wall:?} }} }}
window    = {{ x1 = [-2, 5], x2 = [-3, 3] }}
start     = [0, 1]
[[scenario.wall.run]]
{}
[[page]]
compare = ["bowl", "wall"]
text    = "Beyond x = 5 nobody has been."
show    = ["map", "progress"]
until   = {{ iteration = 0, {} }}
grain   = "sub-step"
ask     = {{ kind = "choose", question = "Is f(x) below 40 then?", options = [
  {{ text = "yes", claim = {{ at = 1, quantity = "value", below = 40 }} }},
  {{ text = "no",  claim = {{ at = 1, quantity = "value", at_least = 40 }} }} ] }}
"#,
        run(ours),
        run(theirs),
        ours.2
    );
    let reading = study("wall", &source);
    assert!(reading.complaints.is_empty(), "{:?}", reading.complaints.iter().map(|it| &it.message).collect::<Vec<_>>());
    let sitting = Sitting::open(reading.lesson.unwrap()).unwrap();
    Headless::new(Session::single(sitting), size, Look::default())
}

fn press(rooms: &mut [Headless; 2], keys: &str) {
    for room in rooms {
        room.play(&script(keys).unwrap());
    }
}

fn standing(room: &Headless) -> Standing {
    room.session().sitting.as_ref().unwrap().standing()
}

#[track_caller]
fn same(rooms: &mut [Headless; 2], at: &str) {
    let [one, other] = rooms;
    let (one, other) = (one.screen(), other.screen());
    assert_eq!(text(&one), text(&other), "{at}");
    assert!(one == other, "{at}: the letters agree, the colours do not");
}

#[test]
fn no_panel_tells_the_outcome_of_a_prediction() {
    for (panel, method) in Panel::ALL.into_iter().flat_map(|panel| METHODS.map(|method| (panel, method))) {
        for (size, zoom) in [((80, 24), ""), ((120, 40), ""), ((80, 24), "z")] {
            let at = format!("{} with {method:?} at {size:?} {zoom}", panel.name());
            let mut rooms = [0.0, 100.0].map(|wall| room(panel, method, wall, size));
            press(&mut rooms, zoom);
            while standing(&rooms[0]) != Standing::Asked {
                same(&mut rooms, &format!("{at}, before the question"));
                press(&mut rooms, "<right>");
            }
            same(&mut rooms, &format!("{at}, asked"));
            press(&mut rooms, "1");
            assert!(rooms.iter().all(|room| room.session().sitting.as_ref().unwrap().is_sealed()), "{at}");
            same(&mut rooms, &format!("{at}, sealed"));
            if method.1.contains("fixed") {
                press(&mut rooms, "<right>");
                same(&mut rooms, &format!("{at}, sealed, α seen"));
            }
            press(&mut rooms, "<enter> <enter>");
            let [one, other] = rooms.each_mut().map(|room| text(&room.screen()));
            assert_ne!(one, other, "{at}: the outcome is seen, so the two differ");
        }
    }
}

/// Both maps of a page that compares keep silent, whichever method goes down the other one.
#[test]
fn no_map_tells_how_what_is_compared_goes_on() {
    let alike = METHODS.map(|method| (method, method));
    let unlike = METHODS.map(|method| (METHODS[0], method));
    for (ours, theirs) in alike.into_iter().chain(unlike) {
        for (size, keys) in [((80, 24), ""), ((120, 40), ""), ((60, 20), "<tab>"), ((36, 10), "")] {
            let at = format!("{ours:?} beside {theirs:?} at {size:?}");
            let mut rooms = [0.0, 100.0].map(|wall| beside_the_wall(ours, theirs, wall, size));
            press(&mut rooms, keys);
            while standing(&rooms[0]) != Standing::Asked {
                same(&mut rooms, &format!("{at}, before the question"));
                press(&mut rooms, "<right>");
            }
            for key in ["", "<right>", "<tab>", "z", "z", "v", "o", "<esc>", "1"] {
                press(&mut rooms, key);
                same(&mut rooms, &format!("{at}, asked, after {key}"));
            }
            assert!(rooms.iter().all(|room| room.session().sitting.as_ref().unwrap().is_sealed()), "{at}");
            press(&mut rooms, "<enter> <enter> <tab>");
            let [one, other] = rooms.each_mut().map(|room| text(&room.screen()));
            assert!(one != other || size.0 < 80, "{at}: the outcome is seen, so the two differ");
        }
    }
}

/// Every key but the answers, what goes past the question, and the ways out: two futures stay the same to the cell.
#[test]
fn no_key_tells_the_outcome_of_a_prediction() {
    let is_past = |key: &str| ["1", "2", "3", "4", "n", "L", "q", "<ctrl-c>"].contains(&key);
    let keys: BTreeSet<String> = rows().map(|binding| binding.key.token()).filter(|key| !is_past(key)).collect();
    // Sealed, these go on to the outcome, as they should.
    let goes_on = |key: &str| ["<right>", "<enter>", "E"].contains(&key);
    for (panel, method) in
        [(Panel::LineSearch, METHODS[3]), (Panel::Progress, METHODS[0]), (Panel::Numbers, METHODS[6])]
    {
        for key in &keys {
            for answer in ["", "1"] {
                let at = format!("{key} after `{answer}` beside {} with {method:?}", panel.name());
                let mut rooms = [0.0, 100.0].map(|wall| room(panel, method, wall, (80, 24)));
                while standing(&rooms[0]) != Standing::Asked {
                    press(&mut rooms, "<right>");
                }
                if answer.is_empty() || !goes_on(key) {
                    press(&mut rooms, answer);
                    press(&mut rooms, key);
                    same(&mut rooms, &at);
                }
            }
        }
    }
}

/// Whatever lies over the map: as chosen before the question, and pressed while it is sealed.
#[test]
fn no_overlay_tells_the_outcome_of_a_prediction() {
    for method in [METHODS[0], METHODS[4], METHODS[6], METHODS[8]] {
        for size in [(80, 24), (120, 40), (60, 20), (36, 10)] {
            for number in 1..=7 {
                let at = format!("overlay {number} with {method:?} at {size:?}");
                let mut rooms = [0.0, 100.0].map(|wall| room(Panel::Map, method, wall, size));
                press(&mut rooms, &"v ".repeat(number));
                while standing(&rooms[0]) != Standing::Asked {
                    same(&mut rooms, &format!("{at}, before the question"));
                    press(&mut rooms, "<right>");
                }
                same(&mut rooms, &format!("{at}, asked"));
                press(&mut rooms, "1");
                same(&mut rooms, &format!("{at}, sealed"));
                for _ in 1..=8 {
                    press(&mut rooms, "v");
                    same(&mut rooms, &format!("{at} and on, sealed"));
                }
            }
        }
    }
}
