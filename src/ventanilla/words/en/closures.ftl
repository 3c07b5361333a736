# When an office does not open: what is said to people who had an appointment there. It is never their fault.

closure-told =
    { "*" }{ $office }* will not open on *{ DAY($day) }*, so we cannot see *{ $name }* (folio { $folio }) that day at { CLOCK($time) }. Reason: { $reason }.

    We are sorry. It is not your fault: you lose nothing, and this does not count as a change of yours.

    { $count ->
        [-1] The time for the places we kept for you is over. Choose another when you can, today or later.
        [0] There is no other free place nearby right now. As soon as one is free we will keep it for you and tell you here, before anybody else is offered it. You can also choose yourself, today or later.
        [one] We are keeping this place for you until { BRIEF($kept-day) } at { CLOCK($kept-time) }. Tap it and you are done.
       *[other] We are keeping these places for you until { BRIEF($kept-day) } at { CLOCK($kept-time) }. Tap the one you prefer and you are done.
    }
closure-again = The time for the places we kept for you is over, but you lose nothing. The appointment of *{ $name }* (folio { $folio }) still needs another place, because *{ $office }* does not open on { DAY($day) } and we cannot see you at { CLOCK($time) }. Tap *Choose another* when you can: it does not count as a change of yours.
closure-taken = Thank you for your patience. This is your new place; the QR codes of before are no longer good, use these.
closure-reopened = Good news: *{ $office }* will open on *{ DAY($day) }* after all. The appointment of *{ $name }* (folio { $folio }) stands, at { CLOCK($time) }. There is nothing you need to do.
closure-withdrawn =
    We were keeping a place for you at *{ $office }* on { DAY($day) } at { CLOCK($time) }, but that office will not open that day. We are sorry: we cannot give it to you. { $kind ->
        [waiting] You are still on the waiting list, with the same turn.
       *[draw] We have asked somebody to find you another place.
    }
closure-none = That appointment is settled: it has another place, it was cancelled, or the office opens after all. Write *my appointments* and I will tell you.
closure-over = That day is over and the office did not open, so you can book a new appointment whenever you like. Tap *Book appointment*.
closure-sure = Shall I cancel appointment { $folio }? You need not: you can choose another place whenever you like and lose nothing.
closure-cancelled = Done, appointment { $folio } is cancelled. We are sorry again for the closure. You can book another whenever you like.
choice-closure-other = Choose another
about-closure-other = Another day or office, whichever you like
choice-closure-cancel = Cancel appointment
about-closure-cancel = If you no longer need it
closure-gone = That place is no longer kept for you: the time is over or you chose another. Your appointment is not lost because of it.
