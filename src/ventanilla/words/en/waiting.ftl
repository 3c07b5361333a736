# The waiting list and the places that are offered.

ask-wait = If you like, I put you on the *waiting list*: when a place becomes free, I hold it for you and tell you here.
choice-wait-yes = Tell me if one frees
choice-wait-office = See another office
ask-wait-offices =
    Which office suits you? *{ $office }*{ $others ->
        [none] .
       *[other] , or the nearest ones as well: { $others }.
    }
choice-wait-offices-this = Only that office
choice-wait-offices-near = The 3 nearest
ask-wait-from = From which day on could you come? Tap an option or write the date, for example “15 January”.
choice-wait-from-today = From today
choice-wait-from-week = In a week
choice-wait-from-weeks = In two weeks
bad-wait-from = I did not understand the day. Tap an option or write it like this: 15 January.
ask-wait-half = What time suits you?
choice-wait-half-morning = In the morning
choice-wait-half-afternoon = In the afternoon
choice-wait-half-any = Any time
waiting-joined =
    ✅ Done, you are on the *waiting list*. When a place becomes free for you, I tell you here and hold it for { $minutes ->
        [one] { $minutes } minute
       *[other] { $minutes } minutes
    } (less if the appointment is near). I do not write at night.{ $sooner ->
        [yes] { "" } Meanwhile your present appointment stays as it is.
       *[no] { "" }
    }
    To see where you stand or to leave, write *waiting list*. It is free.
waiting-already = That person is on the waiting list for this procedure already. If you put them there, write *waiting list* to see where they stand.
waiting-too-many =
    From this phone there are appointments or entries on the waiting list for { $people ->
        [one] { $people } person
       *[other] { $people } people
    } already, which is the most. If you need another, write *person*.
waiting-how = Gladly. First I ask you the same as for an appointment; if there is no place, I put you on the *waiting list*.
waiting-sooner = Of course: I put you down for an earlier date than the appointment you have, which stays as it is meanwhile.
waiting-entry =
    { "*" }Waiting list* · { $name }
    { $sooner ->
        [yes] { $procedure }, for an earlier date than the appointment they have
       *[no] { $procedure }
    }
    📍 { $offices }
    📅 From { DATE($day) } on, { $half ->
        [morning] in the morning
        [afternoon] in the afternoon
       *[any] at any time
    }
    { $paused ->
        [yes] ⏸ Resting: we are not offering places now.
       *[no] { $high ->
            [0] Place in the queue: over { $low }.
           *[other] Place in the queue: between { $low } and { $high }.
        }
    }
choice-waiting-leave = Leave the list
choice-waiting-keep = Stay
choice-waiting-resume = Stay on the list
waiting-left = Done, you have left the waiting list and I deleted what I kept for it. You can join again whenever you like.
waiting-kept = Very well, you stay on the list. I tell you as soon as there is a place for you.
waiting-resumed = Very well, you are on the list again, at the same place in the queue. I tell you as soon as there is a place for you.
waiting-rests =
    I held { $count ->
        [one] { $count } place
       *[other] { $count } places
    } for you and did not learn whether you wanted them, so I let your waiting list rest. Your place in the queue is kept: tap *Stay on the list* whenever you like.
offer-place =
    🔔 *A place is free* for { $name }:
    📍 { $office }
    📅 *{ DAY($day) }, { CLOCK($time) }*

    I hold it for you until *{ CLOCK($hour) }* (time of the office). Would you like it?
offer-sooner =
    🔔 *An earlier place is free* for { $name }:
    📍 { $office }
    📅 *{ DAY($day) }, { CLOCK($time) }*

    If you want it, I change appointment { $folio } of { DAY($now-day) }, { CLOCK($now-time) }, to this one. If not, it stays as it is. I hold the place until *{ CLOCK($hour) }* (time of the office).
choice-offer-take = Yes, I want it
choice-offer-leave = No, thanks
offer-left = All right, that place goes to somebody else. You stay on the list and I tell you of the next one. To leave, write *waiting list*.
offer-gone =
    The time for that place is over and it is somebody else's now. { $waits ->
        [yes] You have not lost your turn: you stay on the list and I tell you as soon as there is another.
       *[no] If you need a place, write *book appointment*.
    }
offer-yours = That place is yours already. You find it in *my appointments*, with all your papers.
offer-already-live = That person has an appointment for this procedure already, and there can only be one. To change it, write *my appointments*.
