# The booking as a WhatsApp form (Flow). Lengths: step-* 30, label-* 20 (label-sure, label-old-issued,
# label-old-expires and label-day 40), helper-* 80, footer-* 35 characters. form-* are sentences; one named like
# a message of the talk is said in its place, where the chat's own words speak of buttons.
form-offer = 📋 Book your appointment in *one form*: tap the button below. If you would rather be asked here, write *chat*; for anything else, *menu*.
form-button = Book appointment
form-closed = This form is of no use any more. Write *appointment* in the chat and I will send you a new one.
form-used = You have booked with this form: your appointment is in the chat. For another one, write *appointment*.
form-missing = “{ $field }” is missing.
form-back = To correct it, go back with the arrow above to “{ $page }”.
form-again = Something is still to be answered.

step-person = Who and which procedure
step-identity = Name and identification
step-old = Previous passport
step-terms = Validity and e-mail
step-where = Where you live
step-office = Office
step-day = Day
step-time = Time
step-summary = Check your appointment
footer-next = Continue
footer-confirm = Confirm appointment

form-person = The appointment is free. A CURP has 18 letters and digits; if you do not know it, look it up at gob.mx/curp
form-identity =
    That CURP says: born { DATE($born) }, { $sex }, { $state }. If that is wrong, go back with the arrow above.
    Write { $who ->
        [me] your full name
        [child] the child's full name
       *[other] that person's full name
    } as on the birth certificate: given name(s) and two surnames.
form-old =
    You find this in the previous passport. { $lost ->
        [yes] What you do not know may stay empty.
       *[no] All of it is needed.
    }
form-terms =
    { $minor ->
        [yes] Mother and father must come with the child, or whoever has custody or guardianship.{ " " }
       *[no] { "" }
    }The 50 % fee is for people over 60, people with a disability and seasonal farm workers in Canada; the office checks it.
form-where = Write your municipality as you say it, for example: Tlajomulco, Cd. Juárez, Ecatepec.
form-day = { $office }: choose a free day.
form-time = { DAY($day) }. It is the local time of the office.
form-taken = Somebody has just taken that place. You lost nothing: choose another one.
form-ask-place = Somebody has just taken that place. You lost nothing: choose one of the nearest, or go back with the arrow to see other days.
form-ask-place-none = Somebody has just taken that place and no others are left nearby. You lost nothing: go back with the arrow and choose another day or office.
form-ask-office =
    { $whole ->
        [yes] These are the offices of { $where }.
       *[no] These are the offices nearest to { $where }.
    }
form-no-days = { $office } has no places for now. Go back with the arrow and choose another office.
form-no-times = No places are left on { DAY($day) }. Go back with the arrow and choose another day.
form-day-not-free = There are no places at that office on { DAY($day) }. Choose another day.
form-choose-one = Choose one of the options.
form-already-live = There is a live appointment with that CURP for this procedure, and there can be only one. If it is yours, write “my appointments” in the chat; if you mistyped, write another CURP.
form-bad-name =
    { $kind ->
        [digits] A name has no digits. Write given name(s) and surnames as on the birth certificate.
        [too-long] That name is too long. Write it without titles or comments.
        [strange-characters] I could not read that name. Write letters only.
       *[too-short] Part of the name is missing. Write given name(s) and surnames as on the birth certificate.
    }
form-name-mismatch =
    “{ $name }” does not go with the CURP: by { $part ->
        [given] the given name
        [surname1] the first surname
       *[surname2] the second surname
    }, position { $position } would be “{ $name-letter }” and the CURP has “{ $curp-letter }”. Correct it or, if the birth certificate has it so, tick “That is how it is written”: the office will check it.
form-bad-number =
    { $code ->
        [ine] That does not look like a number of the INE. The voter's key has 18 letters and digits; the CIC, 9 digits.
        [professional-licence] A professional licence has 5 to 8 digits and no letters.
        [old-passport] A Mexican passport has one letter and 8 digits, for example G12345678.
       *[any] { $kind ->
            [too-short] That number lacks letters or digits. Write all of it.
            [too-long] That number is too long. Write only the number.
            [no-digits] I see no digits there. Write the number as the identification has it.
            [digits-only] That number has digits only, no letters.
            [wrong-shape] That number does not have the expected form. Write it as the identification has it.
           *[strange-characters] I could not read that number. Write letters and digits only, no symbols.
        }
    }{ $hint ->
        [none] { "" }
       *[other] { "" } Is it { $hint }?
    }
form-bad-email =
    That e-mail address does not look complete{ $hint ->
        [none] . It should be like name@example.com
       *[other] : is it { $hint }? Write it again
    }, or leave the line empty.

label-for-whom = Who is it for?
label-procedure = Procedure
label-curp = CURP
label-name = Full name
helper-name = As on the birth certificate: given name(s) and two surnames
label-sure = That is how it is written
label-identification = Identification
label-id-number = Its number
helper-id-number = INE: voter's key or CIC. If it has no number, leave it empty
label-old-number = Passport number
helper-old-number = One letter and 8 digits, like G12345678
label-old-issued = Date of issue
label-old-expires = Date of expiry
label-attending = Who comes along?
label-validity = Years and fee
label-email = E-mail (optional)
helper-email = Only to tell you if something changes
label-municipality = Municipality
label-town = Which one is it?
label-office = Office
label-day = Day of the appointment
label-time = Time
label-place = Places nearby
