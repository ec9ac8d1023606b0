//! The only place where acts change state. What is permitted was decided before; what comes of it may be told.

use crate::app::act::acts::{Act, Effect, Go, Seeing, Top};
use crate::app::act::{answering, browsing, drafting, running, sight, top, visiting};
use crate::app::room::session::Session;
use crate::app::seat::viewer::{Layer, Viewer};

/// Does what was permitted.
pub fn act(act: Act, session: &mut Session, viewer: &mut Viewer) -> Effect {
    viewer.notice = None;
    if !matches!(act, Act::See(Seeing::Scroll(_)) | Act::Top(Top::Scroll(_))) {
        viewer.scrolled = 0;
    }
    let told = match act {
        Act::Leave => return Effect::Leave,
        Act::Top(Top::Reopen) => return top::reopen(session, viewer),
        Act::See(change) => sight::see(change, session, viewer),
        Act::Top(change) => top::lay(change, session, viewer),
        Act::Draft(edit) => drafting::edit(edit, viewer),
        Act::Attempt(stroke) => answering::stroke(stroke, session, viewer),
        Act::List(change) => browsing::browse(change, session, viewer),
        Act::Session(visit) => visiting::visit(visit, session, viewer),
        Act::Run(go) => run(go, session, viewer),
    };
    viewer.notice = told.or(viewer.notice.take());
    if session.work_progress(viewer).is_some() { Effect::Work } else { Effect::Nothing }
}

/// What changes the run, its page or its answers; what is told of it to who did it.
fn run(go: Go, session: &mut Session, viewer: &mut Viewer) -> Option<String> {
    // A card on top of the page gives way, but for what is about it.
    if !matches!(go, Go::Lock | Go::Hint(_) | Go::Choose(_) | Go::Answer(..) | Go::Apply(_) | Go::Stop) {
        viewer.layer = Layer::Run;
    }
    match go {
        Go::Stop => return session.stop_work(viewer),
        Go::Play => return running::play(session),
        Go::Pace(sense) => return Some(running::pace(session, sense)),
        Go::On(stride) => return running::forward(session, stride),
        Go::To(t) => return running::go_to(session, t),
        Go::Pair(names) => return answering::pair(session, viewer, names),
        _ => {}
    }
    let (sitting, pair) = (session.sitting.as_mut()?, session.pair.as_ref());
    match go {
        Go::Back => running::back(sitting).err(),
        Go::WholeBack => running::whole_back(sitting).err(),
        Go::Turn(sense) => running::turn(sitting, sense).err(),
        Go::Again => {
            sitting.again();
            None
        }
        Go::Grain => Some(running::next_grain(sitting)),
        Go::Lock => Some(running::lock(sitting)),
        Go::KeepRival => Some(running::keep_rival(sitting)),
        Go::DropRivals => Some(running::drop_rivals(sitting)),
        Go::ComeBack => {
            sitting.come_back();
            None
        }
        Go::Hint(level) => {
            sitting.open_hint(level);
            viewer.layer = Layer::Hint(level);
            None
        }
        Go::Prove(number) => sitting.prove(number).err(),
        Go::Choose(_) => answering::no_such_choice(sitting),
        Go::Answer(answer, sure) => {
            viewer.layer = Layer::Run;
            viewer.attempt = None;
            answering::answer(sitting, pair, answer, sure);
            None
        }
        Go::Apply(begin) => drafting::apply(begin, sitting, viewer),
        Go::On(_) | Go::To(_) | Go::Play | Go::Pace(_) | Go::Pair(_) | Go::Stop => None,
    }
}
