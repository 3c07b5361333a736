# The draw of places: entering, the receipt, the result.
about-office-draw =
    { $kind ->
        [oficina_enlace] Liaison
       *[other] Passports
    }{ $km ->
        [-1] { "" }
        [0] { "" } · less than 1 km
       *[other] { "" } · { $km } km
    } · draw until { BRIEF($until) }
ask-day-draw =
    { $free ->
        [yes] *{ $office }*: which *day* do you prefer? You can write it too, such as “15 January” or “the soonest”.
       *[no] *{ $office }* now gives its places by lot. It is free and everybody has the same chance.
    }

    🎟️ There is a *draw* of places from { BRIEF($first) } to { BRIEF($last) }. You can enter until { DAY($until) } at { CLOCK($time) }.
form-day-draw =
    { $free ->
        [yes] { $office }: choose the day.
       *[no] { $office } now gives its places by lot.
    }
    There is a draw of places from { BRIEF($first) } to { BRIEF($last) }, open until { DAY($until) } at { CLOCK($time) }. To enter, close the form and write “draw”.
choice-enter-draw = Enter the draw
about-enter-draw = Free, once a person
ask-draw-half = Draw for *{ $office }*. What *time* suits you? The more you accept, the easier it is to get a place.
choice-draw-half-any = At any time
choice-draw-half-morning = In the morning
choice-draw-half-afternoon = In the afternoon
ask-draw-days = Which *days* suit you? Tap one or write several, such as “Monday and Tuesday”.
choice-draw-days-any = Any day
draw-day-not-there = This draw has no places on { DAY($day) } at that time. It has on these days.
all-draw-days = any of the { $count }
some-draw-days =
    { $more ->
        [0] { BRIEF($day) }
       *[other] { BRIEF($day) } and { $more } more
    }
draw-entered =
    ✅ *{ $name } is in the draw.*
    📍 { $office }
    Days: { $days }
    Time: { $halves }
    { $tickets ->
        [one] Tickets: { $tickets }
       *[other] Tickets: { $tickets }, because you have waited before
    }

    Your receipt: *{ $code }*
    The draw closes on { DAY($until) } at { CLOCK($time) }. Then I will send you the result here; you need do nothing.

    With your receipt anybody can check that it was clean: { $url }
    To leave, or to change your days, write *draw*.
part-of-day-morning = in the morning
part-of-day-afternoon = in the afternoon
part-of-day-any = at any time
draw-closed = That draw takes no more entries.
draw-elsewhere = That CURP has been entered from another phone, and each person enters only once.
draw-has-one = That CURP has an appointment for this procedure already, so it does not need the draw.
my-draws-none = You are in no draw. When an office has one, you will see it while you book.
my-draw =
    🎟️ *{ $name }* · { $office }
    Receipt: { $code }
    { $state ->
        [entered] You are in. It closes on { DAY($until) } at { CLOCK($hour) }. To change your days, enter again while you book.
        [closed] The list is closed. I will send you the result here when it is out.
        [offered] *You have a place:* { DAY($day) }, { CLOCK($time) }. Take it by { DAY($until) } at { CLOCK($hour) }.
        [won] You got a place. If you took it, it is in *my appointments*.
       *[lost] Not this time. If somebody gives theirs up and it is your turn, I will tell you.
    }
choice-draw-exit = Leave the draw
draw-exited = Done, you are out of the draw. You can enter again while it is open.
draw-not-exited = The list of that draw is closed and does not change. If you get a place, you can say no.
draw-won =
    🎉 *{ $name } has a place from the draw.*
    📍 { $office }
    📅 *{ DAY($day) }, { CLOCK($time) }* (local time)

    I am keeping it until { DAY($closing) } at { CLOCK($hour) }. Tap *Yes, I want it* and the appointment is made. If you leave it, it goes to the next person.
choice-draw-take = Yes, I want it
choice-draw-decline = No, thank you
draw-declined = Done, that place goes to the next person. Thank you for telling.
draw-gone = That place from the draw is not kept any more: it was taken, left, or its time ended. Write *draw* and I will tell you how yours stands.
draw-already-live = There is an appointment with that CURP already. If you prefer the place from the draw, cancel the other one in *my appointments* and tap *Yes, I want it* again.
draw-lost =
    This time the draw left no place for { $name }, at { $office }. If somebody gives theirs up and it is your turn, I will tell you.
    Next time you have *{ $tickets } tickets* in the drum: waiting counts. To see your receipt, write *draw*.
