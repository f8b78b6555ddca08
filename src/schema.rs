//! The tables, beside `migrations/`; the column types are our own and mean the same on every engine.

diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::db::{InstantText, UuidText};

    account (id) {
        id -> UuidText,
        email -> Text,
        name -> Text,
        password_hash -> Text,
        language -> Text,
        created_at -> InstantText,
        phone -> Nullable<Text>,
        left_at -> Nullable<InstantText>,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::db::UuidText;

    account_role (account_id, role) {
        account_id -> UuidText,
        role -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::db::{InstantText, UuidText};

    one_time_link (token_hash) {
        token_hash -> Text,
        account_id -> Nullable<UuidText>,
        created_at -> InstantText,
        expires_at -> InstantText,
        used_at -> Nullable<InstantText>,
    }
}

diesel::table! {
    use diesel::sql_types::{Bool, Text};
    use crate::db::{InstantText, UuidText};

    session (token_hash) {
        token_hash -> Text,
        account_id -> UuidText,
        created_at -> InstantText,
        last_seen_at -> InstantText,
        address -> Text,
        browser -> Text,
        by_passkey -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::Integer;
    use crate::db::{InstantText, JsonText, UuidText};

    settings_version (version) {
        version -> Integer,
        company -> JsonText,
        organisation -> JsonText,
        thresholds -> JsonText,
        judging -> Integer,
        by_account -> UuidText,
        at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer};

    reference_counter (year) {
        year -> Integer,
        last -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::db::{InstantText, UuidText};

    incident (seq) {
        seq -> BigInt,
        id -> UuidText,
        reference -> Text,
        title -> Text,
        status -> Text,
        version -> Integer,
        severity -> Text,
        may_rise_to -> Text,
        risk -> Text,
        must_be_told -> Text,
        next_due_at -> Nullable<InstantText>,
        holds_until -> Nullable<InstantText>,
        required -> Integer,
        undetermined -> Integer,
        fulfilled -> Integer,
        exempt -> Integer,
        opened_by -> UuidText,
        created_at -> InstantText,
        updated_at -> InstantText,
        judged_under -> Integer,
        owner -> Nullable<UuidText>,
        restricted_at -> Nullable<InstantText>,
        clock_real -> Nullable<InstantText>,
        clock_here -> Nullable<InstantText>,
        clock_factor -> Nullable<Integer>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Bool, Nullable, Text};

    figure (incident_seq) {
        incident_seq -> BigInt,
        month -> Text,
        severity -> Text,
        risk -> Text,
        breach -> Bool,
        security -> Bool,
        availability -> Bool,
        near_miss -> Bool,
        cause -> Text,
        persons -> Nullable<BigInt>,
        user_minutes -> Nullable<BigInt>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Bool, Text};

    figure_sum (month, severity, breach, security, availability, near_miss, cause) {
        month -> Text,
        severity -> Text,
        breach -> Bool,
        security -> Bool,
        availability -> Bool,
        near_miss -> Bool,
        cause -> Text,
        many -> BigInt,
        user_minutes -> BigInt,
        unmeasured -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Nullable};
    use crate::db::{InstantText, JsonText, UuidText};

    facts_version (seq) {
        seq -> BigInt,
        incident_seq -> BigInt,
        version -> Integer,
        facts -> JsonText,
        by_account -> Nullable<UuidText>,
        at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::db::{InstantText, UuidText};

    moment (seq) {
        seq -> BigInt,
        incident_seq -> BigInt,
        which -> Text,
        value -> Nullable<InstantText>,
        reason -> Text,
        supersedes -> Nullable<BigInt>,
        stated_by -> UuidText,
        recorded_at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::db::{InstantText, JsonText, UuidText};

    assessment (seq) {
        seq -> BigInt,
        incident_seq -> BigInt,
        version -> Integer,
        rules_version -> Text,
        answer -> JsonText,
        by_account -> Nullable<UuidText>,
        at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Text};
    use crate::db::{InstantText, JsonText, UuidText};

    settlement (seq) {
        seq -> BigInt,
        incident_seq -> BigInt,
        duty_id -> Text,
        for_whom -> Text,
        answer -> Text,
        rule_state -> Text,
        rules_version -> Text,
        questions -> JsonText,
        reason -> Text,
        by_account -> UuidText,
        at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::db::{InstantText};

    duty (seq) {
        seq -> BigInt,
        incident_seq -> BigInt,
        duty_id -> Text,
        for_whom -> Text,
        state -> Text,
        rule_state -> Text,
        basis -> Text,
        clock_from -> Text,
        starts_at -> Nullable<InstantText>,
        due_at -> Nullable<InstantText>,
        target_at -> Nullable<InstantText>,
        next_at -> Nullable<InstantText>,
        opened_at -> InstantText,
        changed_at -> InstantText,
        settlement_seq -> Nullable<BigInt>,
        armed_at -> Nullable<InstantText>,
        remind_at -> Nullable<InstantText>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Bool, Nullable, Text};
    use crate::db::{InstantText, UuidText};

    submission (seq) {
        seq -> BigInt,
        incident_seq -> BigInt,
        duty_id -> Text,
        for_whom -> Text,
        sent_at -> InstantText,
        channel -> Nullable<Text>,
        reference -> Nullable<Text>,
        complete -> Bool,
        stage -> Nullable<Text>,
        by_account -> UuidText,
        recorded_at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::db::{InstantText, UuidText};

    overruling (seq) {
        seq -> BigInt,
        incident_seq -> BigInt,
        what -> Text,
        value -> Nullable<Text>,
        proposed -> Text,
        reason -> Text,
        by_account -> UuidText,
        at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Text};
    use crate::db::{InstantText, UuidText};

    closure (seq) {
        seq -> BigInt,
        incident_seq -> BigInt,
        what -> Text,
        reason -> Text,
        by_account -> UuidText,
        at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::db::{InstantText, JsonText, UuidText};

    timeline (seq) {
        seq -> BigInt,
        incident_seq -> BigInt,
        version -> Integer,
        kind -> Text,
        payload -> JsonText,
        by_account -> Nullable<UuidText>,
        at -> InstantText,
        real_at -> Nullable<InstantText>,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer, Text};
    use crate::db::{InstantText, UuidText};

    idempotency_key (account_id, key) {
        account_id -> UuidText,
        key -> Text,
        digest -> Text,
        status -> Integer,
        body -> Text,
        created_at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::{Bool, Integer, Nullable, Text};
    use crate::db::{InstantText, UuidText};

    channel (id) {
        id -> UuidText,
        name -> Text,
        kind -> Text,
        recipient -> Text,
        circle -> Nullable<Text>,
        about -> Text,
        language -> Text,
        sealed_route -> Text,
        enabled -> Bool,
        version -> Integer,
        created_by -> UuidText,
        created_at -> InstantText,
        updated_at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text};
    use crate::db::{InstantText, JsonText, UuidText};

    message (seq) {
        seq -> BigInt,
        id -> UuidText,
        key -> Text,
        kind -> Text,
        channel_id -> Nullable<UuidText>,
        recipient -> Text,
        recipient_name -> Text,
        language -> Text,
        subject -> Text,
        body -> Text,
        link -> Nullable<Text>,
        data -> JsonText,
        urgent -> Bool,
        incident_seq -> Nullable<BigInt>,
        state -> Text,
        created_at -> InstantText,
        due_at -> InstantText,
        give_up_at -> InstantText,
        leased_by -> Nullable<Text>,
        leased_until -> Nullable<InstantText>,
        attempts -> Integer,
        last_reply -> Nullable<Text>,
        settled_at -> Nullable<InstantText>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Text};
    use crate::db::InstantText;

    attempt (seq) {
        seq -> BigInt,
        message_seq -> BigInt,
        number -> Integer,
        worker -> Text,
        started_at -> InstantText,
        ended_at -> InstantText,
        outcome -> Text,
        reply -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::db::{InstantText, JsonText};

    reminder (seq) {
        seq -> BigInt,
        duty_seq -> BigInt,
        armed_at -> InstantText,
        state -> Text,
        deadline_at -> Nullable<InstantText>,
        step -> Text,
        circle -> Text,
        again -> Integer,
        due_at -> InstantText,
        fired_at -> InstantText,
        told -> JsonText,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::db::{InstantText, UuidText};

    reminder_answer (seq) {
        seq -> BigInt,
        duty_seq -> BigInt,
        armed_at -> InstantText,
        step -> Text,
        snoozed_until -> Nullable<InstantText>,
        by_account -> UuidText,
        at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::Integer;
    use crate::db::{InstantText, JsonText, UuidText};

    ladders_version (version) {
        version -> Integer,
        ladders -> JsonText,
        by_account -> UuidText,
        at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::db::InstantText;

    occasion (name, period) {
        name -> Text,
        period -> Text,
        at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer, Text};
    use crate::db::InstantText;

    trouble (name) {
        name -> Text,
        detail -> Text,
        times -> Integer,
        first_at -> InstantText,
        last_at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::db::{InstantText, JsonText, UuidText};

    audit_entry (seq) {
        seq -> BigInt,
        at -> InstantText,
        actor -> Nullable<UuidText>,
        address -> Text,
        what -> Text,
        subject -> Text,
        detail -> JsonText,
        before -> Text,
        digest -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::BigInt;
    use crate::db::UuidText;

    incident_reader (incident_seq, account_id) {
        incident_seq -> BigInt,
        account_id -> UuidText,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Text};
    use crate::db::{InstantText, UuidText};

    report (incident_seq) {
        incident_seq -> BigInt,
        by_account -> UuidText,
        what -> Text,
        noticed_at -> InstantText,
        system -> Text,
        personal_data -> Text,
        contact -> Text,
        at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Text};
    use crate::db::InstantText;

    report_remark (seq) {
        seq -> BigInt,
        incident_seq -> BigInt,
        words -> Text,
        at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::db::{InstantText, UuidText};

    second_factor (account_id) {
        account_id -> UuidText,
        sealed_secret -> Text,
        made_at -> InstantText,
        confirmed_at -> Nullable<InstantText>,
        last_step -> BigInt,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::db::{InstantText, UuidText};

    recovery_code (code_hash) {
        code_hash -> Text,
        account_id -> UuidText,
        made_at -> InstantText,
        used_at -> Nullable<InstantText>,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer, Text};
    use crate::db::{InstantText, UuidText};

    half_sign_in (token_hash) {
        token_hash -> Text,
        account_id -> UuidText,
        began_at -> InstantText,
        expires_at -> InstantText,
        tries -> Integer,
    }
}

diesel::table! {
    use diesel::sql_types::{Integer, Nullable, Text};
    use crate::db::{InstantText, UuidText};

    passkey (id) {
        id -> UuidText,
        account_id -> UuidText,
        name -> Text,
        credential_id -> Text,
        public_key -> Text,
        state -> Text,
        transports -> Integer,
        made_at -> InstantText,
        last_used_at -> Nullable<InstantText>,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::db::{InstantText, UuidText};

    passkey_try (token_hash) {
        token_hash -> Text,
        account_id -> Nullable<UuidText>,
        state -> Text,
        expires_at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::Integer;
    use crate::db::{InstantText, JsonText, UuidText};

    sign_in_version (version) {
        version -> Integer,
        rules -> JsonText,
        by_account -> UuidText,
        at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::Text;
    use crate::db::InstantText;

    openid_try (state_hash) {
        state_hash -> Text,
        browser_hash -> Text,
        nonce_hash -> Text,
        verifier -> Text,
        next -> Text,
        expires_at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::{Bool, Text};
    use crate::db::{InstantText, UuidText};

    openid_subject (issuer, subject) {
        issuer -> Text,
        subject -> Text,
        account_id -> UuidText,
        governs_roles -> Bool,
        linked_at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::db::{InstantText, UuidText};

    machine (account_id) {
        account_id -> UuidText,
        made_by -> Nullable<UuidText>,
        made_at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::db::{InstantText, JsonText, UuidText};

    api_token (id) {
        id -> UuidText,
        account_id -> UuidText,
        name -> Text,
        token_hash -> Text,
        scopes -> JsonText,
        made_by -> Nullable<UuidText>,
        made_at -> InstantText,
        expires_at -> InstantText,
        last_used_at -> Nullable<InstantText>,
        revoked_at -> Nullable<InstantText>,
        revoked_by -> Nullable<UuidText>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Text};
    use crate::db::{InstantText, JsonText};

    alert (seq) {
        seq -> BigInt,
        source -> Text,
        key -> Text,
        incident_seq -> BigInt,
        state -> Text,
        started_at -> InstantText,
        told -> JsonText,
        digest -> Text,
        times -> Integer,
        first_at -> InstantText,
        last_at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Text};
    use crate::db::{InstantText, UuidText};

    attachment (seq) {
        seq -> BigInt,
        id -> UuidText,
        incident_seq -> BigInt,
        name -> Text,
        kind -> Text,
        size -> BigInt,
        parts -> Integer,
        sha256 -> Text,
        by_account -> UuidText,
        at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::db::{InstantText, UuidText};

    attachment_removal (attachment_seq) {
        attachment_seq -> BigInt,
        reason -> Text,
        by_account -> Nullable<UuidText>,
        at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Text};

    attachment_part (attachment_seq, number) {
        attachment_seq -> BigInt,
        number -> Integer,
        content -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Text};
    use crate::db::{InstantText, JsonText, UuidText};

    notice_version (seq) {
        seq -> BigInt,
        incident_seq -> BigInt,
        duty_id -> Text,
        for_whom -> Text,
        version -> Integer,
        stage -> Text,
        lang -> Text,
        subject -> Text,
        body -> Text,
        sms -> Text,
        draft -> Text,
        fields -> JsonText,
        facts_version -> Integer,
        digest -> Text,
        by_account -> UuidText,
        at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Text};
    use crate::db::{InstantText, UuidText};

    notice_approval (seq) {
        seq -> BigInt,
        notice_seq -> BigInt,
        digest -> Text,
        by_account -> UuidText,
        at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Bool, Nullable, Text};
    use crate::db::{InstantText, UuidText};

    notice_sending (seq) {
        seq -> BigInt,
        incident_seq -> BigInt,
        duty_id -> Text,
        for_whom -> Text,
        notice_seq -> Nullable<BigInt>,
        how -> Text,
        recipient -> Text,
        reference -> Nullable<Text>,
        note -> Text,
        complete -> Bool,
        content -> Text,
        message_key -> Nullable<Text>,
        by_account -> UuidText,
        at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Bool, Text};
    use crate::db::InstantText;

    notice_receipt (seq) {
        seq -> BigInt,
        sending_seq -> BigInt,
        reply -> Text,
        recorded -> Bool,
        at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Text};
    use crate::db::{InstantText, UuidText};

    controller_version (seq) {
        seq -> BigInt,
        name -> Text,
        email -> Text,
        authorised -> Text,
        basis -> Text,
        by_account -> UuidText,
        at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::Integer;
    use crate::db::{InstantText, JsonText, UuidText};

    keeping_version (version) {
        version -> Integer,
        keeping -> JsonText,
        by_account -> UuidText,
        at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Text};
    use crate::db::{InstantText, UuidText};

    hold (seq) {
        seq -> BigInt,
        incident_seq -> BigInt,
        what -> Text,
        reason -> Text,
        by_account -> UuidText,
        at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::db::{InstantText, JsonText, UuidText};

    affected_import (seq) {
        seq -> BigInt,
        id -> UuidText,
        incident_seq -> BigInt,
        name -> Text,
        kind -> Text,
        encoding -> Text,
        separator -> Text,
        mapping -> JsonText,
        state -> Text,
        bytes -> BigInt,
        rows_read -> BigInt,
        taken -> BigInt,
        joined -> BigInt,
        bad -> BigInt,
        note -> Text,
        by_account -> UuidText,
        at -> InstantText,
        ended_at -> Nullable<InstantText>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Text};

    affected_part (import_seq, number) {
        import_seq -> BigInt,
        number -> Integer,
        sealed -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Text};

    affected_bad (import_seq, line) {
        import_seq -> BigInt,
        line -> BigInt,
        reason -> Text,
        sealed -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Text};
    use crate::db::{InstantText, JsonText, UuidText};

    affected_decision (seq) {
        seq -> BigInt,
        incident_seq -> BigInt,
        answer -> Text,
        chosen -> JsonText,
        exceptions -> JsonText,
        reason -> Text,
        by_account -> UuidText,
        at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Text};
    use crate::db::{InstantText, UuidText};

    affected_tally (seq) {
        seq -> BigInt,
        incident_seq -> BigInt,
        total -> BigInt,
        told -> BigInt,
        note -> Text,
        by_account -> UuidText,
        at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text};
    use crate::db::{InstantText, JsonText, UuidText};

    wave (seq) {
        seq -> BigInt,
        id -> UuidText,
        incident_seq -> BigInt,
        name -> Text,
        duty_id -> Text,
        chosen -> JsonText,
        texts -> JsonText,
        first_way -> Text,
        both_ways -> Bool,
        rate -> Integer,
        state -> Text,
        digest -> Text,
        edited_by -> UuidText,
        created_at -> InstantText,
        fed_at -> Nullable<InstantText>,
        begun_at -> Nullable<InstantText>,
        ended_at -> Nullable<InstantText>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Text};
    use crate::db::{InstantText, UuidText};

    wave_approval (seq) {
        seq -> BigInt,
        wave_seq -> BigInt,
        digest -> Text,
        by_account -> UuidText,
        at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Bool, Integer, Nullable, Text};
    use crate::db::{InstantText, UuidText};

    affected (seq) {
        seq -> BigInt,
        id -> UuidText,
        incident_seq -> BigInt,
        import_seq -> BigInt,
        sealed -> Text,
        email_hash -> Nullable<Text>,
        phone_hash -> Nullable<Text>,
        customer -> Text,
        categories -> Text,
        minor -> Bool,
        protected -> Bool,
        language -> Text,
        chosen -> Bool,
        joined -> Integer,
        state -> Text,
        way -> Text,
        tried -> Integer,
        wave_seq -> Nullable<BigInt>,
        reply -> Text,
        changed_at -> InstantText,
        excused -> Bool,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Bool};
    use crate::db::{InstantText, UuidText};

    drill (incident_seq) {
        incident_seq -> BigInt,
        channels -> Bool,
        by_account -> UuidText,
        at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Integer};
    use crate::db::{InstantText, UuidText};

    drill_clock (seq) {
        seq -> BigInt,
        incident_seq -> BigInt,
        real_at -> InstantText,
        here_at -> InstantText,
        factor -> Integer,
        by_account -> UuidText,
    }
}

diesel::table! {
    use diesel::sql_types::BigInt;
    use crate::db::UuidText;

    drill_participant (incident_seq, account_id) {
        incident_seq -> BigInt,
        account_id -> UuidText,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::db::InstantText;

    drill_inject (seq) {
        seq -> BigInt,
        incident_seq -> BigInt,
        minute -> Integer,
        words -> Text,
        shows_at -> InstantText,
        look_at -> Nullable<InstantText>,
        shown_at -> Nullable<InstantText>,
    }
}

diesel::table! {
    use diesel::sql_types::Integer;
    use crate::db::InstantText;

    demonstration (id) {
        id -> Integer,
        at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::{Nullable, Text};
    use crate::db::{InstantText, UuidText};

    calendar_token (id) {
        id -> UuidText,
        account_id -> UuidText,
        span -> Text,
        token_hash -> Text,
        made_at -> InstantText,
        last_used_at -> Nullable<InstantText>,
        ended_at -> Nullable<InstantText>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Nullable, Text};
    use crate::db::{InstantText, UuidText};

    incident_comment (seq) {
        seq -> BigInt,
        id -> UuidText,
        incident_seq -> BigInt,
        words -> Text,
        replaces_seq -> Nullable<BigInt>,
        by_account -> UuidText,
        at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Integer, Nullable, Text};
    use crate::db::{InstantText, UuidText};

    task (seq) {
        seq -> BigInt,
        id -> UuidText,
        incident_seq -> BigInt,
        what -> Text,
        owner -> UuidText,
        due_at -> Nullable<InstantText>,
        remind_at -> Nullable<InstantText>,
        version -> Integer,
        made_by -> UuidText,
        made_at -> InstantText,
        done_by -> Nullable<UuidText>,
        done_at -> Nullable<InstantText>,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Text};
    use crate::db::{InstantText, UuidText};

    task_ending (seq) {
        seq -> BigInt,
        task_seq -> BigInt,
        what -> Text,
        by_account -> UuidText,
        at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::BigInt;
    use crate::db::{InstantText, UuidText};

    presence (incident_seq, account_id) {
        incident_seq -> BigInt,
        account_id -> UuidText,
        seen_at -> InstantText,
    }
}

diesel::table! {
    use diesel::sql_types::{BigInt, Text};

    incident_text (incident_seq) {
        incident_seq -> BigInt,
        words -> Text,
    }
}

diesel::table! {
    use diesel::sql_types::{Bool, Text};
    use crate::db::{InstantText, UuidText};

    saved_view (id) {
        id -> UuidText,
        account_id -> UuidText,
        name -> Text,
        filter -> Text,
        shared -> Bool,
        created_at -> InstantText,
    }
}

diesel::table! {
    use crate::db::UuidText;

    first_view (account_id) {
        account_id -> UuidText,
        view_id -> UuidText,
    }
}

diesel::joinable!(session -> account (account_id));
diesel::joinable!(account_role -> account (account_id));
diesel::joinable!(message -> channel (channel_id));
diesel::joinable!(message -> incident (incident_seq));
diesel::joinable!(attempt -> message (message_seq));
diesel::joinable!(duty -> incident (incident_seq));
diesel::joinable!(figure -> incident (incident_seq));
diesel::joinable!(reminder -> duty (duty_seq));
diesel::joinable!(reminder_answer -> duty (duty_seq));
diesel::joinable!(reminder_answer -> account (by_account));
diesel::joinable!(ladders_version -> account (by_account));
diesel::joinable!(audit_entry -> account (actor));
diesel::joinable!(one_time_link -> account (account_id));
diesel::joinable!(incident -> account (opened_by));
diesel::joinable!(facts_version -> account (by_account));
diesel::joinable!(moment -> account (stated_by));
diesel::joinable!(assessment -> account (by_account));
diesel::joinable!(settlement -> account (by_account));
diesel::joinable!(submission -> account (by_account));
diesel::joinable!(overruling -> account (by_account));
diesel::joinable!(closure -> account (by_account));
diesel::joinable!(timeline -> account (by_account));
diesel::joinable!(settings_version -> account (by_account));
diesel::joinable!(duty -> settlement (settlement_seq));
diesel::joinable!(incident_reader -> incident (incident_seq));
diesel::joinable!(incident_reader -> account (account_id));
diesel::joinable!(report -> incident (incident_seq));
diesel::joinable!(report -> account (by_account));
diesel::joinable!(report_remark -> report (incident_seq));
diesel::joinable!(second_factor -> account (account_id));
diesel::joinable!(recovery_code -> account (account_id));
diesel::joinable!(half_sign_in -> account (account_id));
diesel::joinable!(passkey -> account (account_id));
diesel::joinable!(passkey_try -> account (account_id));
diesel::joinable!(sign_in_version -> account (by_account));
diesel::joinable!(openid_subject -> account (account_id));
diesel::joinable!(api_token -> account (account_id));
diesel::joinable!(machine -> account (account_id));
diesel::joinable!(alert -> incident (incident_seq));
diesel::joinable!(attachment -> account (by_account));
diesel::joinable!(attachment_removal -> account (by_account));
diesel::joinable!(notice_version -> account (by_account));
diesel::joinable!(notice_approval -> account (by_account));
diesel::joinable!(notice_sending -> account (by_account));
diesel::joinable!(notice_sending -> incident (incident_seq));
diesel::joinable!(controller_version -> account (by_account));
diesel::joinable!(notice_receipt -> notice_sending (sending_seq));
diesel::joinable!(hold -> incident (incident_seq));
diesel::joinable!(hold -> account (by_account));
diesel::joinable!(keeping_version -> account (by_account));
diesel::joinable!(affected -> wave (wave_seq));
diesel::joinable!(affected_decision -> account (by_account));
diesel::joinable!(wave_approval -> account (by_account));
diesel::joinable!(affected_import -> account (by_account));
diesel::joinable!(affected_tally -> account (by_account));
diesel::joinable!(drill_clock -> account (by_account));
diesel::joinable!(drill_participant -> account (account_id));
diesel::joinable!(drill_inject -> incident (incident_seq));
diesel::joinable!(calendar_token -> account (account_id));
diesel::joinable!(incident_comment -> account (by_account));
diesel::joinable!(task -> incident (incident_seq));
diesel::joinable!(task_ending -> account (by_account));
diesel::joinable!(presence -> account (account_id));
diesel::joinable!(incident_text -> incident (incident_seq));
diesel::joinable!(first_view -> saved_view (view_id));
diesel::joinable!(saved_view -> account (account_id));

diesel::allow_tables_to_appear_in_same_query!(
    account,
    account_role,
    affected,
    affected_bad,
    affected_decision,
    affected_import,
    affected_part,
    affected_tally,
    alert,
    api_token,
    assessment,
    attachment,
    attachment_removal,
    attempt,
    audit_entry,
    channel,
    closure,
    controller_version,
    drill,
    drill_clock,
    drill_inject,
    drill_participant,
    duty,
    facts_version,
    figure,
    figure_sum,
    first_view,
    half_sign_in,
    hold,
    incident,
    incident_reader,
    incident_text,
    keeping_version,
    ladders_version,
    machine,
    message,
    moment,
    notice_approval,
    notice_receipt,
    notice_sending,
    notice_version,
    one_time_link,
    openid_subject,
    overruling,
    passkey,
    passkey_try,
    recovery_code,
    reminder,
    reminder_answer,
    report,
    report_remark,
    saved_view,
    second_factor,
    session,
    settings_version,
    settlement,
    sign_in_version,
    submission,
    timeline,
    wave,
    wave_approval,
    calendar_token,
    incident_comment,
    task,
    task_ending,
    presence,
);
