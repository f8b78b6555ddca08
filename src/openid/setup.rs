//! What the operator says of the identity provider, checked once.

use clap::Args;
use reqwest::Url;

use crate::account::Role;
use crate::outbox::transport::Secret;

const SCOPES: &str = "openid email profile";
const GROUPS_CLAIM: &str = "groups";
const LONGEST_NAME: usize = 60;

/// The options of single sign-on as written on the command line or in the environment.
#[derive(Args, Clone, Default)]
pub struct OpenIdOptions {
    /// Issuer of the company's identity provider, as `https://login.example/realms/company`; with it, people may sign in there.
    #[arg(long, env = "VARSEL_OIDC_ISSUER")]
    pub oidc_issuer: Option<String>,
    /// What the identity provider calls varsel.
    #[arg(long, env = "VARSEL_OIDC_CLIENT_ID")]
    pub oidc_client_id: Option<String>,
    /// The secret that varsel shows the identity provider.
    #[arg(long, env = "VARSEL_OIDC_CLIENT_SECRET", hide_env_values = true)]
    pub oidc_client_secret: Option<Secret>,
    /// What the sign-in page calls the identity provider.
    #[arg(long, env = "VARSEL_OIDC_NAME")]
    pub oidc_name: Option<String>,
    /// What is asked for; «openid» must be among it. Without it: openid email profile.
    #[arg(long, env = "VARSEL_OIDC_SCOPES")]
    pub oidc_scopes: Option<String>,
    /// The claim that lists the groups; a dot leads into an object, as realm_access.roles. Without it: groups.
    #[arg(long, env = "VARSEL_OIDC_GROUPS_CLAIM")]
    pub oidc_groups_claim: Option<String>,
    /// Which group has which role, as sikkerhet=responder,pvo=privacy_officer.
    #[arg(long, env = "VARSEL_OIDC_ROLES")]
    pub oidc_roles: Option<String>,
    /// What whoever is in no such group may: reporter, or none (what happens without it).
    #[arg(long, env = "VARSEL_OIDC_EVERYBODY")]
    pub oidc_everybody: Option<String>,
}

/// The checked setup.
#[derive(Clone, Debug)]
pub struct Setup {
    /// The issuer, letter by letter as the provider writes it.
    pub issuer: String,
    /// What the provider calls us.
    pub client_id: String,
    /// What we show the provider.
    pub client_secret: Secret,
    /// What people call the provider, if the operator has said.
    pub name: Option<String>,
    /// What is asked for, parted by blanks.
    pub scopes: String,
    /// The claim that lists the groups.
    pub groups_claim: String,
    /// Which group has which role.
    pub roles: Vec<(String, Role)>,
    /// Whether whoever is in no such group may report.
    pub everybody_reports: bool,
}

impl Setup {
    /// Checks the options; none without an issuer.
    ///
    /// # Errors
    /// One clear sentence for the operator.
    pub fn parse(options: &OpenIdOptions) -> Result<Option<Self>, String> {
        let given = |text: &Option<String>| text.as_deref().map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned);
        let secret = options.oidc_client_secret.as_ref().filter(|secret| !secret.reveal().trim().is_empty());
        let Some(issuer) = given(&options.oidc_issuer) else {
            let idle = [&options.oidc_client_id, &options.oidc_roles, &options.oidc_everybody];
            return match idle.into_iter().any(|text| given(text).is_some()) || secret.is_some() {
                false => Ok(None),
                true => Err("VARSEL_OIDC_ISSUER is missing; without it the rest of VARSEL_OIDC_… does nothing.".into()),
            };
        };
        check_issuer(&issuer)?;
        let missing = |name: &str| format!("{name} is missing; VARSEL_OIDC_ISSUER needs it.");
        let setup = Self {
            client_id: given(&options.oidc_client_id).ok_or_else(|| missing("VARSEL_OIDC_CLIENT_ID"))?,
            client_secret: secret.cloned().ok_or_else(|| missing("VARSEL_OIDC_CLIENT_SECRET"))?,
            name: given(&options.oidc_name),
            scopes: given(&options.oidc_scopes).unwrap_or_else(|| SCOPES.to_owned()),
            groups_claim: given(&options.oidc_groups_claim).unwrap_or_else(|| GROUPS_CLAIM.to_owned()),
            roles: parse_roles(options.oidc_roles.as_deref().unwrap_or_default())?,
            everybody_reports: match given(&options.oidc_everybody).as_deref() {
                Some("reporter") => true,
                Some("none") | None => false,
                Some(other) => return Err(format!("VARSEL_OIDC_EVERYBODY is «{other}»; write reporter or none.")),
            },
            issuer,
        };
        setup.check().map(Some)
    }

    fn check(self) -> Result<Self, String> {
        if self.name.as_deref().is_some_and(|name| name.chars().count() > LONGEST_NAME) {
            return Err(format!("VARSEL_OIDC_NAME is too long; use at most {LONGEST_NAME} characters."));
        }
        if !self.scopes.split_whitespace().any(|scope| scope == "openid") {
            return Err(format!("VARSEL_OIDC_SCOPES is «{}»; «openid» must be among them.", self.scopes));
        }
        if self.roles.is_empty() && !self.everybody_reports {
            return Err("VARSEL_OIDC_ROLES gives nobody a role; write GROUP=ROLE, or VARSEL_OIDC_EVERYBODY=reporter."
                .to_owned());
        }
        Ok(self)
    }

    /// The roles that somebody in these groups has; none is none.
    #[must_use]
    pub fn roles_of(&self, groups: &[String]) -> Vec<Role> {
        let held = |role: &Role| self.roles.iter().any(|(group, gives)| gives == role && groups.contains(group));
        let mut roles: Vec<Role> = Role::ALL.into_iter().filter(held).collect();
        if roles.is_empty() && self.everybody_reports {
            roles.push(Role::Reporter);
        }
        roles
    }
}

fn check_issuer(issuer: &str) -> Result<(), String> {
    let wrong = |why: &str| Err(format!("VARSEL_OIDC_ISSUER is «{issuer}»; {why}."));
    let Ok(url) = Url::parse(issuer) else {
        return wrong("write the issuer's address, as https://login.example/realms/company");
    };
    if !url.username().is_empty() || url.password().is_some() || url.query().is_some() || url.fragment().is_some() {
        return wrong("an issuer has no login, no question mark and no fragment");
    }
    if !is_safe(&url) {
        return wrong("only https is safe, but for a provider on this machine");
    }
    let tenant = url.path().trim_start_matches('/').split('/').next().unwrap_or_default();
    if url.host_str() == Some("login.microsoftonline.com") && matches!(tenant, "common" | "organizations" | "consumers")
    {
        return wrong("it lets in other companies too; put the number of your own tenant there");
    }
    Ok(())
}

/// Whether nobody on the way can listen: https, or this machine itself.
pub(super) fn is_safe(url: &Url) -> bool {
    let here = match url.host_str().unwrap_or_default() {
        "localhost" => true,
        host => host.trim_matches(['[', ']']).parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback()),
    };
    url.scheme() == "https" || (url.scheme() == "http" && here)
}

fn parse_roles(text: &str) -> Result<Vec<(String, Role)>, String> {
    let one = |pair: &str| {
        let wrong = || {
            let words = Role::ALL.map(Role::word).join(", ");
            format!("VARSEL_OIDC_ROLES has «{pair}»; write GROUP=ROLE, where ROLE is one of {words}.")
        };
        // The last one parts them: a group's name may have an equals sign, a role has none.
        let (group, role) = pair.rsplit_once('=').ok_or_else(wrong)?;
        let role = Role::parse(role.trim()).ok_or_else(wrong)?;
        if group.trim().is_empty() { Err(wrong()) } else { Ok((group.trim().to_owned(), role)) }
    };
    text.split(',').map(str::trim).filter(|pair| !pair.is_empty()).map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn options() -> OpenIdOptions {
        OpenIdOptions {
            oidc_issuer: Some("https://login.example/realms/smb".into()),
            oidc_client_id: Some("varsel".into()),
            oidc_client_secret: Some("hemmelig".into()),
            oidc_roles: Some("sikkerhet=responder, CN=pvo=privacy_officer ,sikkerhet=manager,".into()),
            ..OpenIdOptions::default()
        }
    }

    #[test]
    fn groups_give_roles_and_everybody_else_may_report_where_that_is_said() {
        let mut setup = Setup::parse(&options()).unwrap().unwrap();
        let of = |setup: &Setup, groups: &[&str]| {
            setup.roles_of(&groups.iter().map(|&group| group.to_owned()).collect::<Vec<_>>())
        };
        assert_eq!(of(&setup, &["sikkerhet", "kantine"]), [Role::Responder, Role::Manager]);
        assert_eq!(of(&setup, &["CN=pvo"]), [Role::PrivacyOfficer]);
        assert_eq!(of(&setup, &["Sikkerhet", ""]), []);
        setup.everybody_reports = true;
        assert_eq!(of(&setup, &[]), [Role::Reporter]);
        assert_eq!(of(&setup, &["CN=pvo"]), [Role::PrivacyOfficer], "whoever has a role has that one");
    }

    #[test]
    fn every_slip_is_one_sentence_that_names_the_variable_and_never_the_secret() {
        type Change = fn(&mut OpenIdOptions);
        let slips: [(Change, &str); 13] = [
            (|o| o.oidc_issuer = None, "VARSEL_OIDC_ISSUER is missing"),
            (|o| o.oidc_issuer = Some("login.example".into()), "VARSEL_OIDC_ISSUER is «login.example»"),
            (|o| o.oidc_issuer = Some("http://login.example".into()), "only https"),
            (|o| o.oidc_issuer = Some("https://a:b@login.example".into()), "no login"),
            (|o| o.oidc_issuer = Some("https://login.example?x=1".into()), "no question mark"),
            (|o| o.oidc_issuer = Some("https://login.microsoftonline.com/common/v2.0".into()), "own tenant"),
            (|o| o.oidc_client_id = Some(" ".into()), "VARSEL_OIDC_CLIENT_ID is missing"),
            (|o| o.oidc_client_secret = None, "VARSEL_OIDC_CLIENT_SECRET is missing"),
            (|o| o.oidc_scopes = Some("email profile".into()), "VARSEL_OIDC_SCOPES"),
            (|o| o.oidc_roles = Some("sikkerhet".into()), "VARSEL_OIDC_ROLES has «sikkerhet»"),
            (|o| o.oidc_roles = Some("sikkerhet=sjef".into()), "privacy_officer"),
            (|o| o.oidc_roles = None, "gives nobody a role"),
            (|o| o.oidc_everybody = Some("all".into()), "VARSEL_OIDC_EVERYBODY is «all»"),
        ];
        for (slip, told) in slips {
            let mut options = options();
            slip(&mut options);
            let why = Setup::parse(&options).unwrap_err();
            assert!(why.contains(told) && why.ends_with('.') && !why.contains("hemmelig"), "{told}: {why}");
        }
        assert!(Setup::parse(&OpenIdOptions::default()).unwrap().is_none());
        let setup = Setup::parse(&options()).unwrap().unwrap();
        assert!(!format!("{setup:?}").contains("hemmelig"));
    }

    #[test]
    fn plain_http_is_for_this_machine_only() {
        for (address, safe) in [
            ("http://localhost:9000", true),
            ("http://127.0.0.2/x", true),
            ("http://[::1]:9000", true),
            ("https://login.example", true),
            ("http://localhost.example", false),
            ("http://127.0.0.1.example", false),
            ("http://10.0.0.1", false),
            ("ftp://localhost", false),
        ] {
            assert_eq!(is_safe(&Url::parse(address).unwrap()), safe, "{address}");
        }
    }
}
