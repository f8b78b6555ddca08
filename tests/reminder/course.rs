//! The course of one duty's reminders, told instant by instant.

use super::{Run, minutes, time};
use chrono::{DateTime, TimeDelta, Utc};
use chrono_tz::Europe::Oslo;
use varsel::reminder::{Answer, Circle, Due, Ladders, Rung, Step, Watched, due, ladder_for, longest_snooze, next};

/// A reminder as one line: when in Oslo, which step, to whom, and whether nobody had answered.
fn line((at, due): &(DateTime<Utc>, Due)) -> String {
    let mark = match (due.escalated, due.again) {
        (true, _) => " nobody answered",
        (_, true) => " again",
        _ => "",
    };
    format!("{} {} {}{mark}", at.with_timezone(&Oslo).format("%a %d %H:%M"), due.step, due.circle.word())
}

fn lines(said: &[(DateTime<Utc>, Due)]) -> Vec<String> {
    said.iter().map(line).collect()
}

fn friday() -> DateTime<Utc> {
    time("2026-11-06T16:30:00+01:00")
}

fn three_days() -> Run {
    Run::new(friday(), Some(friday() + TimeDelta::hours(72)))
}

#[test]
fn from_friday_afternoon_to_monday_nobody_answers() {
    let said = three_days().follow(16);
    assert_eq!(
        lines(&said),
        [
            "Fri 06 16:30 at-once owner",
            "Fri 06 18:30 at-once team nobody answered",
            "Fri 06 20:30 at-once management nobody answered",
            "Sat 07 16:30 before-2880 owner",
            "Sat 07 18:30 before-2880 team nobody answered",
            "Sat 07 20:30 before-2880 management nobody answered",
            "Sun 08 16:30 before-1440 team",
            "Sun 08 18:30 before-1440 management nobody answered",
            "Mon 09 04:30 before-720 team",
            "Mon 09 06:30 before-720 management nobody answered",
            "Mon 09 12:30 before-240 management",
            "Mon 09 15:30 before-60 management",
            "Mon 09 16:30 before-0 management",
            "Mon 09 20:30 over-1 management",
            "Tue 10 00:30 over-2 management",
            "Tue 10 04:30 over-3 management",
        ]
    );
    assert!(said.iter().all(|(at, due)| due.since == *at && due.late_by.is_none() && due.missed.is_empty()));
}

#[test]
fn of_the_thirty_minutes_each_step_comes_minutes_apart() {
    let known = time("2026-10-05T10:31:00+02:00");
    let said = Run::new(known, Some(known + minutes(30))).follow(10);
    assert_eq!(
        lines(&said),
        [
            "Mon 05 10:31 at-once team",
            "Mon 05 10:36 at-once management nobody answered",
            "Mon 05 10:41 before-20 team",
            "Mon 05 10:46 before-20 management nobody answered",
            "Mon 05 10:51 before-10 management",
            "Mon 05 10:56 before-5 management",
            "Mon 05 11:01 before-0 management",
            "Mon 05 11:16 over-1 management",
            "Mon 05 11:31 over-2 management",
            "Mon 05 11:46 over-3 management",
        ]
    );
}

#[test]
fn hours_are_elapsed_hours_when_the_clocks_change() {
    let autumn = time("2026-10-23T14:10:00+02:00");
    let mut run = Run::new(autumn, Some(autumn + TimeDelta::hours(72)));
    run.ladders.hours72.unanswered_after = 0;
    let at: Vec<String> = lines(&run.follow(8)).iter().map(|line| line[..12].to_owned()).collect();
    assert_eq!(
        at,
        [
            "Fri 23 14:10",
            "Sat 24 14:10",
            "Sun 25 13:10",
            "Mon 26 01:10",
            "Mon 26 09:10",
            "Mon 26 12:10",
            "Mon 26 13:10",
            "Mon 26 17:10",
        ],
        "summer time ends on the 25th"
    );
    let spring = time("2027-03-26T09:00:00+01:00");
    let mut run = Run::new(spring, Some(spring + TimeDelta::hours(72)));
    run.ladders.hours72.unanswered_after = 0;
    let said = lines(&run.follow(7));
    assert!(said[1].starts_with("Sat 27 09:00") && said[2].starts_with("Sun 28 10:00"), "{said:?}");
    assert!(said[6].starts_with("Mon 29 10:00 before-0"), "{said:?}");
}

#[test]
fn rungs_before_the_arming_fall_away() {
    let deadline = friday() + TimeDelta::hours(72);
    let mut run = Run::new(deadline - TimeDelta::hours(12), Some(deadline));
    run.period_starts = Some(friday());
    run.ladders.hours72.unanswered_after = 0;
    let said = lines(&run.follow(3));
    assert_eq!(
        said,
        ["Mon 09 04:30 at-once owner", "Mon 09 12:30 before-240 management", "Mon 09 15:30 before-60 management"]
    );
}

#[test]
fn a_deadline_that_has_passed_when_it_is_known_is_told_at_once_and_then_repeated() {
    let deadline = friday();
    let mut run = Run::new(deadline + TimeDelta::hours(9), Some(deadline));
    run.period_starts = Some(deadline - TimeDelta::hours(72));
    let said = run.follow(5);
    assert_eq!(
        lines(&said),
        [
            "Sat 07 01:30 at-once owner",
            "Sat 07 03:30 at-once team nobody answered",
            "Sat 07 04:30 over-3 management",
            "Sat 07 08:30 over-4 management",
            "Sat 07 12:30 over-5 management",
        ]
    );
    assert_eq!(said[0].1.late_by, None, "the reminder is in time, though the duty is late");
}

#[test]
fn a_duty_without_a_deadline_comes_back_to_its_owner_alone() {
    let mut run = Run::new(friday(), None);
    let said = run.follow(3);
    assert_eq!(lines(&said), ["Fri 06 16:30 at-once owner", "Fri 13 16:30 idle-1 owner", "Fri 20 16:30 idle-2 owner"]);
    let asleep = run.due(friday() + TimeDelta::days(50)).unwrap();
    assert_eq!((asleep.step, asleep.missed), (Step::Idle(7), vec![]), "repetitions stand for each other");
}

#[test]
fn what_was_missed_comes_as_one_reminder_that_names_the_others() {
    let mut run = three_days();
    run.tick(friday());
    let woken = friday() + TimeDelta::hours(61);
    let due = run.tick(woken).unwrap();
    assert_eq!(due.step, Step::Before(720));
    assert_eq!(due.missed, [Step::Before(2880), Step::Before(1440)]);
    assert_eq!((due.since, due.late_by), (friday() + TimeDelta::hours(60), Some(TimeDelta::hours(1))));
    assert_eq!(run.due(woken), None);
    assert_eq!(run.next(woken), woken + TimeDelta::hours(2));
}

#[test]
fn what_was_missed_reaches_the_largest_circle_of_all_of_it() {
    let mut run = three_days();
    run.ladders.hours72.rungs = vec![
        Rung { minutes_before: 120, circle: Circle::Management },
        Rung { minutes_before: 60, circle: Circle::Owner },
    ];
    run.tick(friday());
    let due = run.tick(friday() + TimeDelta::hours(71) + minutes(1)).unwrap();
    assert_eq!((due.step, due.circle, due.late_by), (Step::Before(60), Circle::Management, None));
    assert_eq!(due.missed, [Step::Before(120)]);
}

#[test]
fn a_machine_that_slept_for_days_after_the_deadline_says_one_thing() {
    let mut run = three_days();
    let woken = friday() + TimeDelta::hours(72 + 50);
    let due = run.tick(woken).unwrap();
    assert_eq!((due.step, due.circle), (Step::Over(12), Circle::Management));
    let words: Vec<String> = due.missed.iter().map(Step::to_string).collect();
    assert_eq!(
        words,
        ["at-once", "before-2880", "before-1440", "before-720", "before-240", "before-60", "before-0"],
        "repetitions are not named one by one"
    );
    assert_eq!(due.late_by, Some(TimeDelta::hours(2)));
    assert_eq!(run.next(woken), friday() + TimeDelta::hours(72 + 52));
}

#[test]
fn acknowledging_silences_the_step_and_not_the_duty() {
    let mut run = three_days();
    run.tick(friday());
    run.answer(Step::AtOnce, Answer::Acknowledged);
    assert_eq!(run.next(friday()), friday() + TimeDelta::hours(24));
    let second = friday() + TimeDelta::hours(24);
    assert_eq!(run.due(second - minutes(1)), None);
    assert_eq!(run.tick(second).unwrap().step, Step::Before(2880));
    assert_eq!(run.next(second), second + TimeDelta::hours(2), "the answer was to the first step");
}

#[test]
fn a_snooze_holds_the_step_until_it_ends_and_then_the_wait_begins_anew() {
    let mut run = three_days();
    run.tick(friday());
    run.tick(friday() + TimeDelta::hours(2)).unwrap();
    let until = friday() + TimeDelta::hours(10);
    run.answer(Step::AtOnce, Answer::Snoozed { until });
    assert_eq!(run.due(until - minutes(1)), None);
    assert_eq!(run.next(friday() + TimeDelta::hours(3)), until);
    let again = run.tick(until).unwrap();
    assert_eq!(
        (again.step, again.circle, again.again, again.escalated),
        (Step::AtOnce, Circle::Team, true, false),
        "it comes back to all who had it"
    );
    assert_eq!(run.due(until), None);
    let further = run.tick(until + TimeDelta::hours(2)).unwrap();
    assert_eq!((further.circle, further.escalated), (Circle::Management, true));
}

#[test]
fn a_snooze_never_outlasts_the_step() {
    let mut run = three_days();
    run.tick(friday());
    let longest = |run: &Run, now| longest_snooze(now, &run.watched(), &run.ladders);
    assert_eq!(longest(&run, friday()), friday() + TimeDelta::hours(24));
    // Even one that was let through for longer does not hold the next step back.
    run.answer(Step::AtOnce, Answer::Snoozed { until: friday() + TimeDelta::hours(80) });
    let second = run.tick(friday() + TimeDelta::hours(24)).unwrap();
    assert_eq!((second.step, second.again), (Step::Before(2880), false));
    let past = friday() + TimeDelta::hours(73);
    assert_eq!(longest(&run, past), friday() + TimeDelta::hours(76));
    let idle = Run::new(friday(), None);
    assert_eq!(longest(&idle, friday()), friday() + TimeDelta::days(7));
}

#[test]
fn the_last_answer_to_a_step_counts() {
    let mut run = three_days();
    run.tick(friday());
    run.answer(Step::AtOnce, Answer::Acknowledged);
    run.answer(Step::AtOnce, Answer::Snoozed { until: friday() + TimeDelta::hours(5) });
    assert_eq!(run.next(friday()), friday() + TimeDelta::hours(5));
    run.answer(Step::AtOnce, Answer::Acknowledged);
    assert_eq!(run.next(friday()), friday() + TimeDelta::hours(24));
}

#[test]
fn a_clock_that_goes_back_says_nothing_twice() {
    let mut run = three_days();
    run.tick(friday());
    run.tick(friday() + TimeDelta::hours(24)).unwrap();
    for back in [friday() + TimeDelta::hours(23), friday(), friday() - TimeDelta::hours(5)] {
        assert!(run.due(back).is_none_or(|due| due.escalated), "{back}");
        assert!(run.next(back) > back);
    }
}

#[test]
fn a_clock_that_was_wrong_for_a_moment_loses_nothing_that_is_to_come() {
    let mut run = three_days();
    run.tick(friday());
    let wrong = time("2031-01-01T00:00:00Z");
    let far = run.tick(wrong).unwrap();
    assert!(matches!(far.step, Step::Over(_)));
    assert_eq!(run.due(wrong), None);
    let at = friday() + TimeDelta::hours(24);
    assert_eq!(run.due(at - minutes(1)).map(|due| due.escalated), Some(true));
    assert_eq!(run.tick(at).unwrap().step, Step::Before(2880));
    assert_eq!(run.tick(friday() + TimeDelta::hours(72)).unwrap().step, Step::Before(0));
}

#[test]
fn at_once_does_not_wait_for_a_clock_that_lags() {
    let mut run = three_days();
    let due = run.tick(friday() - minutes(3)).unwrap();
    assert_eq!((due.step, due.late_by), (Step::AtOnce, None));
    assert_eq!(run.due(friday()), None);
}

#[test]
fn a_step_that_is_a_little_late_says_nothing_of_it() {
    let run = three_days();
    assert_eq!(run.due(friday() + minutes(2)).unwrap().late_by, None);
    let late = minutes(2) + TimeDelta::seconds(1);
    assert_eq!(run.due(friday() + late).unwrap().late_by, Some(late));
}

#[test]
fn a_ladder_that_is_changed_under_way_repeats_nothing() {
    let mut run = three_days();
    run.tick(friday());
    run.tick(friday() + TimeDelta::hours(24)).unwrap();
    run.ladders.hours72.rungs[0].minutes_before = 50 * 60;
    let now = friday() + TimeDelta::hours(25);
    assert_eq!(run.due(now), None, "something has been said since the new rung's instant");
    let further = run.tick(friday() + TimeDelta::hours(26)).unwrap();
    assert_eq!((further.step, further.circle), (Step::Before(2880), Circle::Team), "and it is still unanswered");
}

#[test]
fn the_ladder_is_chosen_by_the_length_of_the_period_and_whose_deadline_it_is() {
    let ladders = Ladders::default();
    let at = friday();
    let chosen = |armed: i64, starts: Option<i64>, deadline: Option<i64>, is_target| {
        let watched = Watched {
            armed_at: at + minutes(armed),
            deadline: deadline.map(|m| at + minutes(m)),
            is_target,
            period_starts: starts.map(|m| at + minutes(m)),
            fired: &[],
            answers: &[],
        };
        let ladder = ladder_for(&ladders, &watched);
        let all = [&ladders.hours72, &ladders.minutes30, &ladders.target_long, &ladders.target_short];
        all.iter().position(|one| std::ptr::eq(*one, ladder)).unwrap()
    };
    assert_eq!(chosen(0, Some(0), Some(72 * 60), false), 0);
    assert_eq!(chosen(71 * 60, Some(0), Some(72 * 60), false), 0, "late knowledge does not shorten the period");
    assert_eq!(chosen(0, Some(0), Some(30), false), 1);
    assert_eq!(chosen(0, Some(0), Some(240), false), 1);
    assert_eq!(chosen(0, Some(0), Some(241), false), 0);
    assert_eq!(chosen(0, Some(0), Some(24 * 60), true), 2);
    assert_eq!(chosen(0, Some(0), Some(120), true), 3);
    assert_eq!(chosen(0, Some(14 * 24 * 60), Some(14 * 24 * 60), false), 0, "before planned work");
    assert_eq!(chosen(0, None, Some(60), false), 1, "without a start the notice we have is the period");
    assert_eq!(chosen(100, None, Some(60), false), 0);
    assert_eq!(chosen(0, None, None, false), 0);
}

#[test]
fn each_step_has_one_word() {
    for (step, word) in [
        (Step::AtOnce, "at-once"),
        (Step::Before(240), "before-240"),
        (Step::Before(0), "before-0"),
        (Step::Over(3), "over-3"),
        (Step::Idle(2), "idle-2"),
    ] {
        assert_eq!((step.to_string().as_str(), word.parse()), (word, Ok(step)));
        assert_eq!(serde_json::to_value(step).unwrap(), word);
        assert_eq!(serde_json::from_value::<Step>(word.into()).unwrap(), step);
    }
    for wrong in ["", "at", "before", "before-", "before-007", "before-+7", "before--1", "over-0", "idle-0", "later-1"]
    {
        assert!(wrong.parse::<Step>().is_err(), "{wrong}");
    }
}

#[test]
fn numbers_out_of_all_proportion_break_nothing() {
    let mut run = three_days();
    run.ladders.hours72.again_every = 0;
    run.ladders.hours72.unanswered_after = u32::MAX;
    run.ladders.hours72.rungs = vec![Rung { minutes_before: u32::MAX, circle: Circle::Team }];
    run.ladders.idle_every = 0;
    for now in [friday(), friday() + TimeDelta::days(400), DateTime::<Utc>::MAX_UTC] {
        let later = next(now, &run.watched(), &run.ladders);
        assert!(later.is_none_or(|later| later > now));
        assert!(due(now, &run.watched(), &run.ladders).is_some());
    }
}
