# What the assistant says, in English. The same keys as ../es/talk.ftl, in the same order.

welcome =
    Hello! I am the passport appointment assistant of *{ $name }*.{ $demo ->
        [yes] { "\u000A" }⚠️ This is a *demonstration*: nothing here is a real appointment.
       *[no] { "" }
    }
    The appointment is *free*: nobody may charge you for it. Everything here is *in writing*: we will never ask for photos, audio or card data.

    { notice-simplified } In full: { $url }

    Do you accept that we use your data for your appointment?
notice-simplified = *Privacy notice.* { $name } uses your data (CURP, name, identification, previous passport, e-mail and municipality) only to give you an appointment and attend it. They are not sold. You may see, correct or delete them, or object to their use.
notice-title = Full privacy notice
choice-notice-accept = I accept
choice-notice-decline = I do not accept
choice-notice-read = Read in full
declined =
    All right, I kept none of your data for the appointment. If you change your mind, tap *I accept* or write whenever you like.
    You can also call { $phone }
withdrawn =
    All right: I no longer use your data and I deleted the unfinished answers. If you already have a confirmed appointment, it stands; to cancel it, tap *I accept* and write *my appointments*.
    You can also call { $phone }
accepted-already = You had already accepted the privacy notice, thank you.
notice-in-full = Do you accept that we use your data for your appointment? I sent you the full notice, which is also at { $url }
notice-again = To help you with your appointment I need you to accept the privacy notice: tap *I accept* or write “accept”. In full: { $url }
notice-here = I sent you the full privacy notice. It is also at { $url }
notice-changed = Our privacy notice has changed, so I ask you again. What you already gave me is still here.
only-text = Thank you, but I can only read *written messages* here: no photos, audio, locations or files.

menu =
    { $unfinished ->
        [yes] You have an unfinished appointment: tap *Book appointment* and we go on where you were.
       *[no] How can I help?
    } Tap *See options* or write in your own words.
list-button = See options
choice-menu = Menu
choice-menu-book = Book appointment
about-menu-book = Passport: first time, renewal or replacement
choice-menu-family = For several people
about-menu-family = Family or group, on the same day and side by side
choice-menu-appointments = My appointments
about-menu-appointments = See them, get the papers, move or cancel
choice-menu-requirements = Requirements
about-menu-requirements = What to bring on the day
choice-menu-costs = Costs and payment
about-menu-costs = How much it is and where to pay
choice-menu-offices = Offices
about-menu-offices = The nearest to you
choice-menu-data = My data
about-menu-data = What we keep, and your rights
choice-menu-person = Talk to a person
about-menu-person = We give you the number and tell them
choice-menu-language = Español
about-menu-language = Continuar en español

help = You can write *back* (previous question), *menu*, *cancel* or *person* at any time. Mistakes are fine: everything can be changed before you confirm.
hello-again = Hello again! I am still here.
thanks = You are welcome!
not-understood = Sorry, I did not quite understand.
nothing-before = We are already at the beginning.
nothing-open = There is nothing unfinished to cancel.
lapsed = Hello again! More than { $days } days have passed, so I deleted your unfinished answers.
old-choice = That button is from an earlier message and no longer works.
gone-choice = That option is no longer available.
choose-one = Sorry, I did not recognise that option. Please tap one of these.
offer-person = If you prefer, write *person* and I will tell you how to talk to somebody.
going-on = Let us go on where we were.
family-begins =
    { $begun ->
        [yes] Of course: we go on with the appointment you began, and then I write down the others.
       *[no] Of course: I ask about one person, and then about the next. You will go on the same day, one after another.
    } { $most ->
        [1] From this phone you can write down 1 person.
       *[other] From this phone you can write down { $most } people.
    }{ $more ->
        [yes] { "" } The others can book from another phone.
       *[no] { "" }
    }
family-in-chat = For several people we go on in the chat: I am waiting for you there.
understood =
    { $known ->
        [both] I understood: *{ $procedure }*, *{ $for-whom }*.
        [procedure] I understood: *{ $procedure }*.
       *[for-whom] I understood: *{ $for-whom }*.
    } If that is not right, write *back*.
more-rows = See more ▸
first-rows = ◂ Back to the start
official = This is the only official number of { $name }. The appointment is free: never pay for it and never give card data. If somebody charges you, it is fraud; report it at { $phone }. Site: { $site }
person =
    Of course. I left word that you would like to talk to a person. You can also call *{ $phone }*.{ $unfinished ->
        [yes] { "" } Your answers are not lost.
       *[no] { "" }
    }
something-broke = Sorry, something failed on our side and I could not attend your message. I have told a person. Your earlier answers are safe; write *menu* to go on.

ask-leaving = Shall we leave the appointment unbooked? The answers of this request will be deleted.
choice-leaving-yes = Yes, leave it
choice-leaving-no = No, go on
left = Done, nothing was booked. We can start again whenever you like.

ask-for-whom = Who is the appointment for?
ask-for-whom-next = And the next appointment, who is it for?
choice-for-whom-me = For me
choice-for-whom-child = My minor child
choice-for-whom-other = Another adult
ask-procedure = What do you need?
choice-procedure-first = First passport
about-procedure-first = Has never had a Mexican passport
choice-procedure-renewal = Renewal
about-procedure-renewal = Has the previous passport, valid or expired
choice-procedure-lost = Stolen, lost, damaged
about-procedure-lost = It was lost, stolen or is damaged
choice-group-adult = Adult (18 or older)
choice-group-minor = Under 18
ask-group = Is it for an adult or a minor?

ask-curp =
    Write { $who ->
        [me] your *CURP*
        [child] the *CURP* of the minor
       *[other] the *CURP* of that person
    }. It has 18 letters and digits, for example HEGG560427MVZRRL04.
    If you do not know it, look it up at gob.mx/curp
bad-curp =
    { $kind ->
        [too-short] That CURP is too short: it must have 18 characters. Check it and write it in full.
        [too-long] That CURP is too long: it must have 18 characters. Check it and write it again.
        [letter-expected] Position { $position } must be a *letter* and you wrote “{ $found }”.
        [digit-expected] Position { $position } must be a *digit* and you wrote “{ $found }”.
        [vowel-expected] Position { $position } must be a vowel (or X) and you wrote “{ $found }”.
        [consonant-expected] Position { $position } must be a consonant (or X) and you wrote “{ $found }”.
        [no-such-date] The date of birth (positions 5 to 10: year, month, day) does not exist: “{ $found }”.
        [future-date] The date of birth (positions 5 to 10) is still to come: “{ $found }”.
        [no-such-sex] Position { $position } must be H, M or X, and you wrote “{ $found }”.
        [inconvenient-word] The first four letters cannot be those: the second is usually X. Please check it.
        [century-mismatch] Position 17 does not go with the year of birth: a digit up to 1999, a letter from 2000.
        [no-such-state] Positions 12 and 13 are the state's code, and “{ $found }” does not exist.
        [check-digit] The last digit does not go with the rest: some character is wrong. Please check it calmly.
        [no-enye] In a CURP the letter Ñ is written X (position { $position }).
       *[other] That does not look like a CURP. It has 18 letters and digits.
    }{ $hint ->
        [none] { "" }
       *[other] { "" } Could it be *{ $hint }*?
    }
given-up = You had that place and gave it back, so it is for somebody else now. There are others:
already-live = There is already a live appointment with that CURP for this procedure, and there can be only one. If it is yours, see *My appointments*; if you made a mistake, write another CURP.
missed-before =
    With { $people ->
        [1] this CURP
       *[other] one of the CURPs
    } there { $count ->
        [one] is { $count } appointment
       *[other] are { $count } appointments
    } that nobody came to. So until *{ DATE($end) }* you can choose places of the next *{ $days } days*, or join the waiting list. Your right to a passport stays the same.
    If there was a reason, or the mistake was ours, tell the office: they can set it right.
curp-twice = That is the CURP of *{ $name }*, who is already on this request. Write the other person's.
choice-without = Without this person
grown-up = According to the CURP this person is over 18, so it is an adult's procedure.
is-minor = According to the CURP this person is under 18, so it is a minor's procedure: somebody must come along.

sex-H = male
sex-M = female
sex-X = non-binary
ask-name =
    That CURP says: born *{ DATE($born) }*, *{ $sex }*, *{ $state }*.
    If that is right, write { $who ->
        [me] your full name
        [child] the minor's full name
       *[other] that person's full name
    } as on the birth certificate: given name(s) and both surnames. If not, tap *Not that CURP*.
choice-fix-curp = Not that CURP
bad-name =
    { $kind ->
        [yes] Perfect! Now write the full name: given name(s) and surnames.
        [no] If that is not the CURP, tap *Not that CURP* and write it again.
        [too-short] Part of the name is missing. Write given name(s) and surnames, as on the birth certificate.
        [digits] A name has no digits. Write given name(s) and surnames, as on the birth certificate.
        [too-long] That name is too long for the form. Write it without titles or comments.
       *[strange-characters] I could not read that name. Write letters only: given name(s) and surnames, as on the birth certificate.
    }
name-mismatch =
    { "*" }{ $name }* does not match the CURP: going by { $part ->
        [given] the given name
        [surname1] the first surname
       *[surname2] the second surname
    }, position { $position } would be “{ $name-letter }” and the CURP has “{ $curp-letter }”.
    Write it again as on the birth certificate. If that is how it is written, tap *It is right*: the office will check it.
choice-name-insist = It is right

ask-identification = 
    Which official identification (valid, original) will { $who ->
        [me] you bring
       *[other] that person bring
    }?
choice-identification-ine = INE / IFE voter card
choice-identification-professional-licence = Professional licence
choice-identification-degree = Professional degree
choice-identification-military = Military service card
choice-identification-inapam = INAPAM card
choice-identification-consular = Consular ID card
choice-identification-naturalisation = Naturalisation letter
choice-identification-health-card = Health service card
choice-identification-retiree-card = Retiree card
choice-identification-school = School ID
choice-identification-medical = Medical certificate
choice-identification-passport = Previous passport
choice-identification-other = Another official ID
ask-id-number =
    { $kind ->
        [ine] Write the INE number: the *clave de elector* (18 letters and digits, on the front) or the 9 digits of the *CIC* (on the back, after IDMEX).
        [professional-licence] Write the number of the professional licence (5 to 8 digits).
        [military] Write the number of the military service card.
        [other] Write which identification it is, and its number.
       *[any] Write the number of that identification.
    }
choice-id-number-none = It has no number
bad-number =
    { $code ->
        [ine] That does not look like an INE number. The clave de elector has 18 letters and digits; the CIC has 9 digits.
        [professional-licence] A professional licence has 5 to 8 digits, no letters.
        [old-passport] A Mexican passport has one letter and 8 digits, for example G12345678.
       *[any] { $kind ->
            [too-short] That number is too short. Write all of it.
            [too-long] That number is too long. Write the number and nothing else.
            [no-digits] I see no digits there. Write the number as it stands on the identification.
            [digits-only] That number has digits only, no letters.
            [wrong-shape] That number does not have the expected form. Write it as it stands on the identification.
           *[strange-characters] I could not read that number. Write letters and digits only, without symbols.
        }
    }{ $hint ->
        [none] { "" }
       *[other] { "" } Could it be *{ $hint }*? If so, tap it.
    }
ask-old-number = Write the *number of the previous passport* (one letter and 8 digits, like G12345678).
choice-old-number-none = I do not know
ask-old-issued = On which day was it *issued*? Write it as you like, for example 3 May 2016.
choice-old-issued-none = I do not know
ask-old-expires = And on which day does it, or did it, *expire*? For example 3 May 2026.
choice-old-expires-none = I do not know
bad-date =
    { $kind ->
        [no-such-day] That day does not exist in the calendar. Please check it, for example 3 May 2016.
        [year-missing] The year is missing. Write it like this: 3 May 2016.
       *[not-a-date] I did not understand the date. Write it like this: 3 May 2016, or 03/05/2016 (day first).
    }
bad-issued = I read { DATE($date) }, and a passport is issued before today. Could you check it?
bad-expires =
    I read { DATE($date) }. { $issued ->
        [none] A passport expires at most 10 years from today.
       *[other] It must be after the date of issue ({ DATE($issued) }) and within 10 years of it.
    } Could you check it?

ask-attending = Who will come with the minor? Mother *and* father must come, or whoever holds parental authority or guardianship, with identification.
choice-attending-both = Mother and father
choice-attending-mother = Only the mother
choice-attending-father = Only the father
choice-attending-guardian = A guardian
one-parent = Whoever cannot come must sign form *OP-7* beforehand at another passport office or consulate; it is valid for 90 days.

ask-validity = For how many years would you like the passport? The 50 % fee is for people over 60, people with a disability and temporary farm workers in Canada (for them, 3 or 6 years only). I will not ask the reason: it is shown at the office.
choice-validity =
    { $years ->
        [one] { $years } year · { MONEY($amount) }
       *[other] { $years } years · { MONEY($amount) }
    }
tariffs-full = Full fee
tariffs-half = 50 % fee
ask-email = At which *e-mail* may we write to you if anything changes? It is optional.
choice-email-none = No e-mail
ask-more =
    I have written down *{ $name }*. { $count ->
        [one] That makes { $count } person.
       *[other] That makes { $count } people.
    } { $full ->
        [yes] It is the most from this phone, so that nobody can hoard places.
       *[no] Who is next?
    }
choice-more-add = Add another person
choice-more-done = That is everybody
bad-email =
    That e-mail does not look complete{ $hint ->
        [none] . It should be like name@example.com
       *[other] : could it be { $hint }? Write it again
    }, or tap *No e-mail*.

ask-municipality = In which *municipality or borough* do you live? Write it as you say it, for example: Tlajomulco, Cd. Juárez, Ecatepec.
which-municipality =
    There are several with that name. Which one is it?{ $more ->
        [yes] { "" } If it is not here, write the municipality and the state.
       *[no] { "" }
    }
no-municipality =
    I did not find that place. { $near ->
        [yes] Could it be one of these? If not, write
       *[no] Write
    } the municipality and the state, for example: Benito Juárez, Quintana Roo.
ask-office =
    { $whole ->
        [yes] These are the offices of *{ $where }*.
       *[no] These are the offices nearest to *{ $where }*.
    } Tap one to see its free days.
no-offices = No office in that state takes this procedure. Write another municipality or state nearby.
choice-whole-state = The whole state
about-whole-state = See all offices of the state
about-office =
    { $kind ->
        [oficina_enlace] Enlace
       *[other] Passports
    }{ $km ->
        [-1] { "" }
        [0] { "" } · less than 1 km
       *[other] { "" } · { $km } km
    }{ $free ->
        [yes] { "" } · from { BRIEF($day) }
       *[no] { "" } · no places for now
    }{ $fee ->
        [-1] { "" }
        [0] { "" }
       *[other] { "" } · +{ MONEY($fee) } local
    }
no-near-days = *{ $office }* has no places in the next { $days } days. Choose another office.
no-days =
    { "*" }{ $office }* has no { $people ->
        [1] places
       *[other] { $people } places side by side
    } for now. You can choose another office.
ask-day = *{ $office }*: which *day* do you prefer? You may also write it, for example “15 January” or “the soonest”.
row-day = { BRIEF($day) }
about-day =
    { $count ->
        [one] { $count } free place
       *[other] { $count } free places
    }
bad-day =
    { $kind ->
        [no-such-day] That day does not exist in the calendar.
       *[not-a-date] I did not understand the day. Tap one in the list or write it like this: 15 January.
    }
day-not-free =
    There are no { $people ->
        [1] places
       *[other] { $people } places side by side
    } on { DAY($day) } at that office. These days do have some.
ask-time =
    { $people ->
        [1] At what *time* on { DAY($day) }?
       *[other] At what *time* do you begin on { DAY($day) }? The { $people } places are side by side.
    } It is the office's local time. You may also write it, for example “10:30”.
no-times =
    There are no { $people ->
        [1] places
       *[other] { $people } places side by side
    } left on { DAY($day) }. Choose another day.
part-morning = In the morning
part-afternoon = In the afternoon
about-block =
    { $same ->
        [yes] All { $people } people at the same time
       *[no] From { CLOCK($first) } to { CLOCK($last) }, one after another
    }
bad-time = I did not understand the time. Tap one in the list or write it like this: 10:30.
time-not-free =
    { $people ->
        [1] There is no free place
       *[other] There are no { $people } places side by side
    } at { CLOCK($time) }. At these times there are.
ask-place =
    { $people ->
        [1] That place was just taken. *You lost nothing*: everything else is kept. These are the nearest free places:
       *[other] One of those places was just taken, and you do not fit together there any more. *You lost nothing*: the data of all { $people } people are kept. These are the nearest times at which all fit:
    }
ask-place-none =
    { $people ->
        [1] That place was just taken and there are no others nearby. *You lost nothing*: everything else is kept.
       *[other] One of those places was just taken and there are no { $people } side by side nearby. *You lost nothing*: all data are kept.
    } Choose another day or another office:
row-place = { BRIEF($day) } { CLOCK($time) }
choice-other-day = See other days
about-other-day = At the same office
choice-other-office = See another office
about-other-office = With its free days

ask-confirm =
    Check your appointment:
    { "*" }{ $procedure }* · { $years ->
        [one] { $years } year
       *[other] { $years } years
    } · { MONEY($amount) }{ $tariff ->
        [half] { "" } (50 % fee)
       *[full] { "" }
    }{ $provisional ->
        [yes] { "" } (may change on 1 January)
       *[no] { "" }
    }
    { $name }
    CURP { $curp } · { DATE($born) } · { $sex } · { $state }
    Identification: { $identification }{ $number ->
        [none] { "" }
       *[other] { "" } { $number }
    }{ $old ->
        [none] { "" }
       *[other] { "\u000A" }{ $old }
    }{ $attending ->
        [none] { "" }
       *[other] { "\u000A" }Comes along: { $attending }
    }
    E-mail: { $email ->
        [none] none
       *[other] { $email }
    }
    📍 { $office }
    📅 *{ DAY($day) }, { CLOCK($time) }* (local time)

    { $minutes ->
        [0] The time I kept the place for you is over; if it is still free, it is yours when you confirm.
        [one] I am keeping the place for you for { $minutes } more minute.
       *[other] I am keeping the place for you for { $minutes } minutes.
    } Shall I confirm?
choice-confirm-yes = Confirm
choice-confirm-change = Change something
choice-confirm-leave = Cancel
ask-confirm-family =
    Check the appointments of { $count } people:
    📍 { $office }
    📅 *{ DAY($day) }* (local time)

    { $rows }

    In all: { MONEY($amount) }{ $provisional ->
        [yes] { "" } (may change on 1 January)
       *[no] { "" }
    }
    { $minutes ->
        [0] The time I kept the places for you is over; if they are still free, they are yours when you confirm.
        [one] I am keeping the places for you for { $minutes } more minute.
       *[other] I am keeping the places for you for { $minutes } minutes.
    } Shall I confirm?
family-person =
    { $n }. *{ $name }*, { CLOCK($time) }
    { $procedure } · { $years ->
        [one] { $years } year
       *[other] { $years } years
    } · { MONEY($amount) }{ $tariff ->
        [half] { "" } (50 % fee)
       *[full] { "" }
    }
    CURP { $curp } · { DATE($born) }
    Identification: { $identification }{ $number ->
        [none] { "" }
       *[other] { "" } { $number }
    }{ $old ->
        [none] { "" }
       *[other] { "\u000A" }{ $old }
    }{ $attending ->
        [none] { "" }
       *[other] { "\u000A" }Comes along: { $attending }
    }{ $email ->
        [none] { "" }
       *[other] { "\u000A" }E-mail: { $email }
    }
old-passport =
    Previous passport: { $number ->
        [none] no number
       *[other] { $number }
    }{ $issued ->
        [none] { "" }
       *[other] , from { DATE($issued) }
    }{ $expires ->
        [none] { "" }
       *[other] { "" } to { DATE($expires) }
    }
ask-change = What would you like to change? The rest stays as it is.
about-change-person = CURP { $curp }: correct or leave out
ask-part = What shall we change about *{ $name }*? Everything else stays.
choice-part-remove = Leave them out
choice-change-for-whom = Who it is for
choice-change-procedure = The procedure
choice-change-curp = The CURP
choice-change-name = The name
choice-change-identification = The identification
choice-change-id-number = Number of the ID
choice-change-old-number = Passport number
choice-change-old-issued = Date of issue
choice-change-old-expires = Date of expiry
choice-change-attending = Who comes along
choice-change-validity = Years and fee
choice-change-email = The e-mail
choice-change-municipality = The municipality
choice-change-office = The office
choice-change-day = The day
choice-change-time = The time
too-many =
    From this phone there are already appointments for { $people } people in the last { $days } days, which is the most allowed. So nobody can hoard places.
    If you need another, write *person*.
too-many-of = With all these people it would be more than { $people } from this phone in { $days } days, which is the most allowed. So nobody can hoard places. Choose whom to leave out; they can book from another phone.
already-live-of = I have confirmed nothing yet: *{ $name }* already has a live appointment for this procedure, and there can be only one. All other data and places are kept.
given-up-of = *{ $name }* had that place and gave it up, so it is for somebody else now.

confirmed =
    ✅ *Your appointment is confirmed!*
    Reference: *{ $folio }*
    { $name }
    📍 *{ $office }*
    { $address }
    📅 *{ DAY($day) }*
    🕐 *{ CLOCK($time) }*, the office's local time. Please come 15 minutes early.

    { "*" }Bring the originals of:*
    { bring }

    💵 Payment: *{ MONEY($amount) }* at the bank or its on-line banking, with the payment sheet I send you.{ $provisional ->
        [yes] { "" } The amount may change on 1 January: better pay in that year.
       *[no] { "" }
    }{ $local ->
        [-1] { $kind ->
            [oficina_enlace] { "" } This office may charge a municipal fee as well; ask there.
           *[other] { "" }
        }
        [0] { "" }
       *[other] { "" } Besides, { MONEY($local) } municipal fee, paid at the municipal treasury.
    }{ $flagged ->
        [yes] { "\u000A" }✏️ The name and the CURP do not match completely: the office will check it.
       *[no] { "" }
    }
    The appointment is *free* and personal. Nobody may charge you for it.
    All your papers: { $url }
bring =
    { $procedure ->
        [first] • Proof of payment
       *[other] • Proof of payment{ $procedure ->
            [renewal] { "\u000A" }• The passport to be renewed
           *[lost] { "\u000A" }• The report made to the authority (or the sworn letter; ask the office), and the passport if it is damaged
        }
    }
    { $group ->
        [minor] • The minor's identification with photo, and that of those who come along (mother and father, or guardian)
       *[adult] • Valid official identification with photo and signature
    }
    • Just in case: a certified birth certificate
confirmed-family =
    ✅ *Your { $count } appointments are confirmed!*
    📍 *{ $office }*
    { $address }
    📅 *{ DAY($day) }*, the office's local time. Please come 15 minutes early.

    { $rows }
family-booked =
    🕐 { CLOCK($time) } · *{ $name }* · reference *{ $folio }*{ $flagged ->
        [yes] { "" } · ✏️ the office will check the name
       *[no] { "" }
    }
    { $url }
bring-for =
    { "*" }Bring the originals of* ({ $name }):
    { bring }
pay-family =
    💵 Payment: *{ MONEY($amount) }* in all; each has a payment sheet, and pays at the bank or its on-line banking.{ $provisional ->
        [yes] { "" } The amounts may change on 1 January: better pay in that year.
       *[no] { "" }
    }{ $local ->
        [-1] { $kind ->
            [oficina_enlace] { "" } This office may charge a municipal fee as well; ask there.
           *[other] { "" }
        }
        [0] { "" }
       *[other] { "" } Besides, { MONEY($local) } municipal fee a person, paid at the municipal treasury.
    }
    Each appointment is *free* and personal, and can be cancelled alone in *my appointments*. Nobody may charge you for them.

corrected =
    The office corrected { $what ->
        [curp] the CURP
        [name] the name
       *[both] the CURP and the name
    } of appointment *{ $folio }*, which had a typing error. Place, day and time stay the same.
    Here are the corrected papers; use these. If you did not ask for this, write *person*.

no-appointments = There are no live appointments made from this phone. If it was made from another one, write *another phone*.
ask-appointment = These are your appointments. Which one would you like to see?
about-appointment = { $name } · { $office }
choice-appointment-other = From another phone
about-appointment-other = Made with another number; by folio and CURP
ask-folio = Write the *folio* of the appointment. It is in the confirmation and on the papers, and looks like PA-ABC-2345.
bad-folio = That does not look like a folio. If you cannot find it, write *person* to be helped.
ask-proof = Now write the *CURP* of the person of that appointment (18 letters and numbers). So nobody else can see it.
not-proved =
    I found no live appointment with that folio and that CURP. Please check both and write them again. { $left ->
        [one] There is { $left } try
       *[other] There are { $left } tries
    } left today.
no-more-proofs = I could not prove that appointment, and there are no tries left today. You may try again tomorrow, or be helped by phone: { $phone }
from-another-phone =
    { $what ->
        [seen] Your appointment *{ $folio }* was opened from another phone, with its folio and its CURP. If it was you or somebody you trust, there is nothing to do.
        [moved] Your appointment *{ $folio }* was moved from another phone, and *the QR codes of before are no longer good*. Write *my appointments* to see the new ones.
       *[cancelled] Your appointment *{ $folio }* was cancelled from another phone. You may book another whenever you like.
    } { $what ->
        [seen] If not, write *person*.
       *[other] If it was not you, write *person*.
    }
ask-what =
    Appointment *{ $folio }* of { $name }
    📍 { $office }
    📅 { DAY($day) }, { CLOCK($time) }
    { $closed ->
        [yes] ⚠️ *That office does not open that day.* Tap *Choose another*: you lose nothing and it does not count as a change of yours.
       *[no] What do you need?
    }
choice-what-papers = See the papers
choice-what-move = Change day or office
choice-what-sooner = I want an earlier date
choice-what-cancel = Cancel it
choice-what-nothing = Nothing, thanks
ask-sure =
    Appointment *{ $folio }* of { $name }
    📍 { $office }
    📅 { DAY($day) }, { CLOCK($time) }
    Shall I cancel it? The place will go to somebody else, and this cannot be undone.
choice-sure-yes = Yes, cancel it
choice-sure-no = No, keep it
cancelled =
    Done, appointment { $folio } is cancelled. *Thank you for telling us*: your place will go to somebody who waits.
    For another one, tap *Book appointment*.
kept = All right, everything stays as it is.
gone-appointment = That appointment is not there any more, or it changed a moment ago. Write *my appointments* to see how it stands.
too-late =
    It is too late to cancel here: it can be done up to { $hours ->
        [one] { $hours } hour
       *[other] { $hours } hours
    } before. If you can come, you are expected. If not, do not worry; you may tell { $phone }

place-told = { $office }, { DAY($day) }, { CLOCK($time) }
part-same = The same office
part-keep = Or nothing
part-near = Others nearby
ask-move =
    Your appointment *{ $folio }* is at { $office }, { DAY($day) }, { CLOCK($time) }. { $left ->
        [-1] That office does not open that day, so this change does not count.
        [one] You can move it *once* more.
       *[other] You can move it { $left } times.
    }
    You keep it while you choose. At which *office* would you like it?
same-place = That is the very place you already have. Choose another.
ask-swap =
    Check the change of appointment *{ $folio }* of { $name }.
    From: { $old }
    To: *{ $office }*
    📅 *{ DAY($day) }, { CLOCK($time) }* (local time)

    { $minutes ->
        [0] The time I could keep the new place is over; if it is still free, it is yours when you confirm.
        [one] I keep the new place { $minutes } more minute.
       *[other] I keep the new place { $minutes } minutes.
    } { $left ->
        [-1] This change does not count, because the old office does not open that day.
        [0] Once moved, the old one goes to somebody else. This would be the last change.
        [one] Once moved, the old one goes to somebody else. You could move it once more afterwards.
       *[other] Once moved, the old one goes to somebody else. You could move it { $left } more times afterwards.
    } Shall I move it?
choice-swap-yes = Yes, move it
choice-swap-no = No, leave it
moved =
    🔄 Done, your appointment is moved. *The QR codes and papers of before are no longer good*: use the ones I send you now. { $left ->
        [0] It cannot be moved again.
        [one] You can move it once more.
       *[other] You can move it { $left } more times.
    }
not-moved =
    { $why ->
        [too-late] It is too late to move or cancel it here: it can be done up to { $hours ->
            [one] { $hours } hour
           *[other] { $hours } hours
        } before. Your appointment stands: if you can come, you are expected. If not, do not worry; you may tell { $phone }
        [too-often] That appointment has been moved { $moves ->
            [one] { $moves } time
           *[other] { $moves } times
        } already, which is the most there can be, so that nobody resells places. *It stands as it is*. If you cannot come that day, write *cancel my appointment* and book another; but that place is lost, and I do not know which days there will be.
       *[gone] That appointment is not there any more, or it changed a moment ago. Write *my appointments* to see how it stands.
    }

requirements =
    { "*" }What to bring* ({ $procedure ->
        [first] first passport
        [renewal] renewal
       *[lost] stolen, lost or damaged
    }, { $group ->
        [minor] minor
       *[adult] adult
    }), originals:
    • Proof of payment
    { $procedure ->
        [first] { $group ->
            [minor] • The minor's identification with photo: school ID or certificate with photo and seal; under 7, a medical certificate with photo
           *[adult] • Valid official identification with photo and signature
        }
        [renewal] • The passport to be renewed{ $group ->
            [minor] { "" }
           *[adult] { "\u000A" }• Valid official identification with photo and signature
        }
       *[lost] • The report made to the authority. In some offices a sworn letter signed there is enough: ask first{ $group ->
            [minor] { "\u000A" }• The minor's identification with photo
           *[adult] { "\u000A" }• Valid official identification with photo and signature
        }
    }{ $group ->
        [minor] { "\u000A" }• Mother and father (or whoever holds parental authority or guardianship), in person and with identification. Whoever cannot come signs form OP-7 beforehand at another passport office or consulate (valid for 90 days)
       *[adult] { "" }
    }
    • Just in case: a certified birth certificate

    The application is filled in there. Bring no photos: they are taken at the office. Come in person, without agents.
cost-of-one =
    The *{ $years }-year* passport costs *{ MONEY($full) }* in { $year }.{ $half ->
        [-1] { "" }
       *[other] { "" } With the 50 % fee: { MONEY($half) }.
    }
    It is paid at an authorised bank's window or in your on-line banking. The appointment is free.
costs =
    { "*" }Fees { $year }*
    1 year (under 3 years of age): { MONEY($fee-1) }
    3 years: { MONEY($fee-3) }
    6 years: { MONEY($fee-6) }
    10 years (from 18 years of age): { MONEY($fee-10) }

    50 % off: people over 60, people with a disability and temporary farm workers in Canada.
    It is paid at an authorised bank's window or in your on-line banking, with the payment sheet we give you when you confirm. *Never* in shops or to persons. Enlace offices may charge a municipal fee as well. *The appointment is free.*
offices-told =
    { $count ->
        [0] There are no offices there.
       *[other] Nearest offices:
    }
office-told =
    { "*" }{ $name }*{ $km ->
        [-1] { "" }
        [0] { "" } (less than 1 km)
       *[other] { "" } ({ $km } km)
    }
    { $address }
    { $hours }
my-data =
    { "*" }Your data.* I keep, encrypted, your number and what you write to me for the appointment. { $count ->
        [0] You have no live appointments.
        [one] You have { $count } live appointment.
       *[other] You have { $count } live appointments.
    } Unfinished answers are deleted after { $days } days. To see, correct or delete your data, or object to their use, read how in the notice: { $url }
# Captions and links that go with the papers.
caption-qr-checkin = 1 of 3 · Your CURP and check-in. Show it at the entrance. Reference { $folio }
caption-qr-office = 2 of 3 · The way to the office
caption-qr-payment = 3 of 3 · Your payment sheet
caption-payment-sheet = Sheet for paying at the bank: { MONEY($amount) }
caption-triptych = Leaflet: requirements and steps for your appointment
caption-of = { $name } · { $caption }
caption-notice = Full privacy notice
file-payment-sheet = payment-sheet-{ $folio }.pdf
file-triptych = leaflet-{ $folio }.pdf
file-notice = privacy-notice.pdf
way-text =
    📍 *{ $name }*
    { $address }
way-button = Get directions
what-now = What shall we do now?
