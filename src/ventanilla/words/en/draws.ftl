# The draw of places: entering, the receipt, the result.
draw-won =
    🎉 *{ $name } has a place from the draw.*
    📍 { $office }
    📅 *{ DAY($day) }, { CLOCK($time) }* (local time)

    I am keeping it until { DAY($closing) } at { CLOCK($until) }. Tap *Yes, I want it* and the appointment is made. If you leave it, it goes to the next person.
choice-draw-take = Yes, I want it
choice-draw-decline = No, thank you
draw-lost =
    This time the draw left no place for { $name }, at { $office }. If somebody gives theirs up and it is your turn, I will tell you.
    Next time you have *{ $tickets } tickets* in the drum: waiting counts. To see your receipt, write *draw*.
