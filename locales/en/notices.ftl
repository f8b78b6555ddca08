## Subjects
notice-subject-gdpr-33-authority = Notification of a personal data breach
notice-subject-gdpr-33-phased = Further notification of a personal data breach
notice-subject-gdpr-33-delay-reasons = Reasons for notifying after 72 hours
notice-subject-nkom-notice = Notice from { $sender }: { $title }
notice-subject-nkom-update = Updated notice from { $sender }: { $title }
notice-subject-nkom-normalised = Service is normal again at { $sender }: { $title }
notice-subject-nkom-incident-report = Incident report from { $sender }: { $title }
notice-subject-nkom-protection-evidence = Evidence of technical protection from { $sender }
notice-subject-gdpr-33-2-controller = Notice of a personal data breach
notice-subject-subscriber-breach = Important message from { $sender } about a security breach
notice-subject-subscriber-particular-risk = Important message from { $sender } about a security risk
notice-subject-gdpr-34-subjects = Important message from { $sender } about your personal data
notice-subject-gdpr-34-public = Public notice from { $sender } of a personal data breach
notice-subject-planned-outage = Planned work at { $sender }
notice-subject-public-information-order = Information from { $sender } about an incident
notice-subject-management-report = To management: { $title }
notice-subject-reg-611-authority = Notice from { $sender } of a personal data breach (Regulation 611/2013)
notice-subject-reg-611-subscriber = Important message from { $sender } about your data
notice-subject-digital-security-act = Notice from { $sender } under the digital security act: { $title }
notice-subject-security-act = Notice from { $sender } under section 4-5 of the security act
notice-subject-trust-service = Notice from { $sender } of an incident in a trust service: { $title }

## What may stand where a fact is unknown
notice-unknown = not known at present
notice-norwegian-time = All times are Norwegian time.
notice-unset = (not given)

## Numbers and places
notice-people = { $n ->
    [one] 1 person
   *[other] { $n } persons
    }
notice-people-about = about { $n ->
    [one] 1 person
   *[other] { $n } persons
    }
notice-records = about { $n ->
    [one] 1 record
   *[other] { $n } records
    }
notice-customers = { $part } of { $whole } customers ({ $percent })
notice-customers-part = { $part } customers (the total is not known)
notice-stations = { $part } of { $whole } base stations ({ $percent })
notice-stations-part = { $part } base stations (the total is not known)
notice-municipality = the municipality of { $name }
notice-urban_area = the urban area of { $name }
notice-unnamed-municipality = municipality { $code }
notice-unnamed-area = an unnamed area
notice-inhabitants = { $n } inhabitants
notice-area = { $place }: { $counts }
notice-case-a = letter a, more than half in a municipality: { $numbers }
notice-case-b = letter b, more than half in an urban area of over 20,000 inhabitants: { $numbers }
notice-case-c = letter c, more than ten per cent nationally: { $numbers }
notice-case-d = letter d: { $numbers }
notice-case-d-users = users responsible for life and health are hit
notice-case-d-situation = the situation carries a high risk to life or health
notice-sent = { $duty } ({ $when })

## Our role
notice-role-controller = the controller
notice-role-joint_controller = a joint controller with others
notice-role-processor = a processor

## Where the data are now
notice-where-none = Nobody is known to have received the data.
notice-where-trusted = The data are with a trusted recipient who is known, bound to secrecy and cooperates.
notice-where-known = The data are with a recipient whom we know, but who is not bound to secrecy.
notice-where-unknown = The data are with a recipient whom we do not know.
notice-where-public = The data have lain open to anyone.
notice-where-attacker = The data are in the hands of an attacker.
notice-where-open = Where the data are is not known at present.
notice-where-deleted = The recipient has confirmed that they were deleted.
notice-where-recovered = They have been recovered.
notice-where-ours = The data are still with us.
notice-shield-protected = The data were well encrypted or hashed, and the key is safe.
notice-shield-subvertible = The data were protected, but the protection can be broken.
notice-shield-no = The data were not encrypted and can be read.
notice-shield-not_assessable = Whether others can read the data cannot yet be assessed.

## What happened, said to the persons
notice-you-disclosed = Data about you came into the hands of people who should not have them.
notice-you-likely_disclosed = Data about you have probably come into the hands of people who should not have them.
notice-you-not_assessable = We cannot rule out that data about you came into the hands of people who should not have them.
notice-you-altered = Data about you were changed when they should not have been.
notice-you-temporary = Data about you were unavailable for a time.
notice-you-permanent = Data about you are lost and cannot be recovered.
notice-you-open = The security of data about you was breached.
notice-all-disclosed = Personal data came into the hands of people who should not have them.
notice-all-likely_disclosed = Personal data have probably come into the hands of people who should not have them.
notice-all-not_assessable = We cannot rule out that personal data came into the hands of people who should not have them.
notice-all-altered = Personal data were changed when they should not have been.
notice-all-temporary = Personal data were unavailable for a time.
notice-all-permanent = Personal data are lost and cannot be recovered.
notice-all-open = The security of personal data was breached.

## What it can lead to
harm-credentials = Someone may try to log in to accounts with passwords or other credentials that were exposed.
harm-identity = Someone may pose as another person, for instance to take out a loan or order goods.
harm-money = Payment or financial data may be misused for fraud.
harm-contact = Contact details may be used for false calls, text messages and e-mails that look real.
harm-movements = Data on the use of the phone may show with whom one was in contact, when, and where one has been.
harm-content = Someone may have learnt what was said or written in calls and messages.
harm-sensitive = Very personal data may become known to others and lead to distress, loss of reputation or discrimination.
harm-loss = Services that rest on the data may be delayed or fall away.
harm-open = We do not yet know enough to say what the consequences may be.

## What one should do
advice-credentials = Change the password with us now, and everywhere else the same password is used. Turn on two-step sign-in where you can.
advice-identity = Consider a voluntary credit freeze with the credit reference agencies, and watch for letters about loans or contracts you do not know. Report misuse to the police.
advice-money = Tell the bank, and watch accounts and invoices. Check the account number before anything is paid.
advice-contact = Be wary of calls, text messages and e-mails that ask for codes, passwords or payment. We never ask for these.
advice-movements = Consider whether anyone who learns of calls or whereabouts could be a danger. If so, contact us or the police.
advice-content = Consider whether something that was said or written should be passed on, such as codes or agreements. Change codes sent in messages.
advice-sensitive = Contact us if the data turn up where they do not belong. One may also complain to Datatilsynet.
advice-loss = Contact us if something you expect from us does not arrive, or if data are missing.
advice-open = Be extra alert to unexpected approaches, and contact us if anything seems wrong.

## Whether the affected were told
notice-told-fulfilled = The affected persons were told on { $when }.
notice-told-required = The affected persons have not been told yet. They will get a message of their own directly from us without undue delay.
notice-told-undetermined = The affected persons have not been told yet. We have not settled whether the risk to them is high.
notice-told-not_required = The affected persons have not been told. We judge that the risk to them is not high.
notice-told-exempt = The affected persons have not been told one by one: { $exceptions }.
notice-told-subscribers = Affected subscribers were told on { $when }.
notice-exception-protected = the data were protected so that others cannot read them (article 34(3)(a))
notice-exception-later_measures = later measures make it unlikely that the high risk comes true (article 34(3)(b))
notice-exception-disproportionate_effort = it would take a disproportionate effort, and the public is informed instead (article 34(3)(c))
notice-exception-secrecy = the message is held back under section 16 of the personal data act

## Why a gap matters: the point of the form that asks
why-dt-description = Datatilsynet's form, “Description of the breach”
why-dt-consequences = Datatilsynet's form, “Consequences” (art. 33(3)(c))
why-dt-measures = Datatilsynet's form, “Measures” (art. 33(3)(d))
why-dt-delay = Art. 33(1): a notification after 72 hours must give reasons
why-dt-countries = If persons in other EEA countries are affected, authorities there may take part
why-nkom-1 = Nkom's notice, point 1: when the incident began
why-nkom-2 = Nkom's notice, point 2: which services are hit
why-nkom-3 = Nkom's notice, point 3: scope
why-nkom-4 = Nkom's notice, point 4: expected duration
why-nkom-5 = Nkom's notice, point 5: cause
why-nkom-report = Nkom's outline of an incident report
why-nkom-evidence = Section 3-2 of the ecom act: the protection must be documented
why-controller = The customer must be able to notify within 72 hours of its own (art. 33(2) and (3))
why-persons = The affected are to know this (art. 34(2))
why-subscribers = The subscribers are to know this (section 3-2 of the ecom act)
why-planned = Customers are to know when, what and how long (section 4-17 of the ecom regulation)
why-management = Management must know this to act
why-public = The order is to be met with clear information
why-611-first = Regulation 611/2013, Annex I, section 1: first notification
why-611-further = Regulation 611/2013, Annex I, section 2: second notification
why-611-persons = Regulation 611/2013, Annex II: the affected are to know this
why-digital-security = Section 17 of the digital security regulation: what the notice says
why-security-act = NSM’s form
why-trust-service = Nkom’s form for trust services

## Countries named in full
country-NO = Norway
country-SE = Sweden
country-DK = Denmark
country-FI = Finland
country-IS = Iceland
country-DE = Germany
country-PL = Poland
country-LT = Lithuania
country-NL = the Netherlands
country-FR = France
country-ES = Spain
country-IT = Italy
country-GB = the United Kingdom
country-IE = Ireland
country-US = the United States
