# What staff read at the entrance desk: who came, what is corrected, what is excused.
desk-not-found = There is no appointment with the folio { $folio }. Check it: after PA come seven letters or digits.
desk-cancelled = Appointment { $folio } is cancelled. The person can book another one in the chat.
desk-not-today = Appointment { $folio } is on { DAY($day) } at { CLOCK($time) } in { $office }. Arrivals are written down on that day only.
desk-arrived =
    Arrival written down at { CLOCK($at) }. Appointment { $folio } · { CLOCK($time) } · CURP { $curp }{ $late ->
        [yes] { "\u000A" }They came late: serve them if it can be done.
       *[no] { "" }
    }
    Compare the CURP with their identification.
desk-arrived-again = Their arrival was written down before, at { CLOCK($at) }. Appointment { $folio } · { CLOCK($time) } · CURP { $curp }
desk-outdated = The code was made before a change: what this screen says is right.
desk-code-unreadable = This is not QR code 1 of an appointment. Scan the whole code, which begins with the CURP, or find the appointment by its folio.
desk-code-unknown-key = The code was signed with key { $said }, which this desk does not have. Ask for the new file of keys, or find the appointment by its folio.
desk-code-altered = The signature of the code is not ours: somebody changed it or made it up. Find the appointment by its folio.
desk-code-other-curp = The CURP of the code is not the one of this appointment: somebody put another in front of a genuine signature. Ask for identification and find the appointment by its folio.
desk-code-other-office = The code is for another office ({ $said }), not for this one ({ $here }).
desk-code-other-day = The code is for { DAY($day) } at { CLOCK($time) }, not for today. If the appointment was moved, the new code is in the chat.
desk-code-read =
    The signature is right. Folio { $folio } · { $office } · { DAY($day) }, { CLOCK($time) }
    { $bound ->
        [yes] The CURP of the code ({ $curp }) is the one of the appointment. Compare it with their identification.
       *[no] It is an old code, which does not vouch for the CURP: find the appointment by its folio.
    }
desk-not-correctable = Appointment { $folio } is over or cancelled: there is nothing to correct.
desk-corrected = Corrected. The person gets the news and the new papers in the chat.
desk-correct-nothing = It is written like that already: there is nothing to correct.
desk-correct-curp = That is not a valid CURP. Write its 18 letters and digits as the document has them.
desk-correct-another-curp = That CURP changes more than { $letters } letters or digits of the confirmed one: it is another person, who has to book an appointment of their own.
desk-correct-another-name = That name changes more than a slip of the pen: it is another person, who has to book an appointment of their own.
desk-correct-another-group = With that date of birth it would be the procedure of another age. Cancel the appointment and book another one.
desk-correct-no-name = The given name or the first surname is missing.
desk-correct-does-not-fit = With that change the name and the CURP agree less than before. Correct both, or check the document.
desk-correct-already-live = With that CURP there is another live appointment of this procedure. First cancel the one too many.
desk-not-missed = Appointment { $folio } does not count as missed: there is nothing to excuse.
desk-excused = Appointment { $folio } does not count as missed any more.
desk-no-reason = Who does it or why is missing. Both are written down.
