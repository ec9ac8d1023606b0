//! What is said about broken lessons.
use downhill::lesson::complaint::render;
use downhill::lesson::read::read;
#[test]
fn sound() {
    for file in std::env::var("F").unwrap_or("tests/sound/ravine.toml".into()).split(' ') {
    let s = std::fs::read_to_string(file).unwrap();
    match read("x", &s) { Ok((_, w)) => println!("OK\n{}", render("x.toml", &s, &w)), Err(e) => println!("{}", render("x.toml", &s, &e)) }
    }
}
