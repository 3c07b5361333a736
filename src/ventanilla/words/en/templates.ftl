# WhatsApp templates: all that may go out once a person has not written for 24 hours.
# Meta reviews each. None asks for data. Each has its body, .header, .footer and one line a button.
# A variable stands neither first nor last, nor beside another one without words or signs between them.

template-day = { DAY($day) }

template-respuesta-pendiente =
    We have the answer you asked us for about your passport appointment. Tap the button and we will send it to you right here.
    .header = Your answer is ready
    .footer = The appointment is free: nobody may charge you for it.
    .read = See the answer

template-cita-confirmada =
    The passport appointment of *{ $name }* is confirmed.

    Folio: *{ $folio }*
    Day: { $day }
    Time: { $time }
    Place: { $office }
    Address: { $address }.

    Tap the button and we will send you your QR codes and the sheet to pay with.
    .header = Appointment confirmed
    .footer = The appointment is free: nobody may charge you for it.
    .read = Get my QR codes

template-recordatorio-cita =
    A reminder of the passport appointment of *{ $name }*, folio *{ $folio }*.

    Day: { $day }
    Time: { $time }
    Place: { $office }
    Address: { $address }.

    Are you coming? A place that nobody comes to is lost: that day one person less is attended. If you cannot come, change or cancel it with one tap and somebody else can use that place.
    .header = Your appointment is near
    .footer = The appointment is free: nobody may charge you for it.
    .going = I am coming
    .change = Change
    .cancel = Cancel

template-recordatorio-cita-2 =
    A reminder of the passport appointment of *{ $name }*, folio *{ $folio }*.

    Day: { $day }
    Time: { $time }
    Place: { $office }
    Address: { $address }.

    Are you coming? If you cannot come, change or cancel it with one tap.
    .header = Your appointment is near
    .footer = The appointment is free: nobody may charge you for it.
    .going = I am coming
    .change = Change
    .cancel = Cancel

template-recordatorio-confirmado =
    See you at the passport appointment of *{ $name }*, folio *{ $folio }*.

    Day: { $day }
    Time: { $time }
    Place: { $office }
    Address: { $address }.

    You told us that you are coming, so there is nothing to answer. If something has changed, tap the button.
    .header = See you at your appointment
    .footer = The appointment is free: nobody may charge you for it.
    .cancel = I cannot come now

template-recordatorio-hoy =
    The passport appointment of *{ $name }*, folio *{ $folio }*, is today.

    Time: { $time }
    Place: { $office }
    Address: { $address }.

    Please come a few minutes early. See you there!
    .header = Your appointment is today
    .footer = The appointment is free: nobody may charge you for it.
    .going = I am coming
    .cancel = I cannot come

template-cierre-oficina =
    The { $office } will not open on { $day }. So the appointment of *{ $name }*, folio *{ $folio }*, at { $time } that day cannot take place.

    We are sorry. Tap *Choose another* and we will help you to choose another day or another office: you lose nothing.
    .header = Your office will not open
    .footer = The appointment is free: nobody may charge you for it.
    .change = Choose another
    .cancel = Cancel appointment

template-oficina-reabre =
    Good news: { $office } will open on { $day } after all. The appointment of *{ $name }*, folio *{ $folio }*, stands at { $time } that day.

    There is nothing you need to do. See you there!
    .header = Your office opens after all
    .footer = The appointment is free: nobody may charge you for it.
    .appointments = See my appointment

template-oferta-lugar =
    An earlier place is free for the passport appointment of *{ $name }*, folio *{ $folio }*.

    Day: { $day }
    Time: { $time }
    Place: { $office }.

    We keep it for you until { $until }. If you do not want it, your appointment stays as it is.
    .header = An earlier place for you
    .footer = The appointment is free: nobody may charge you for it.
    .take = Yes, I want it
    .leave = No, thank you

template-sorteo-ganado =
    The draw of passport appointments gave a place to *{ $name }*.

    Day: { $day }
    Time: { $time }
    Where: { $office }.

    It is kept until { $closing } at { $until }. Tap *Yes, I want it* and the appointment is made.
    .header = You have a place from the draw
    .footer = The appointment is free: nobody may charge you for it.
    .take = Yes, I want it
    .decline = No, thank you

template-sorteo-sin-lugar =
    The draw of passport appointments left no place for *{ $name }*. It was for { $office }.

    If somebody gives theirs up and it is your turn, we will tell you. Next time you have { $tickets } tickets in the drum: waiting counts.
    .header = Result of the draw
    .footer = The appointment is free: nobody may charge you for it.
    .book = Book an appointment

template-oferta-lugar-nuevo =
    A place is free for the passport appointment of *{ $name }*, who is on the waiting list.

    Day: { $day }
    Time: { $time }
    Place: { $office }.

    We keep it for you until { $until }. If you do not want it, you stay on the list.
    .header = A place for you
    .footer = The appointment is free: nobody may charge you for it.
    .take = Yes, I want it
    .leave = No, thanks

## What staff are told of a template

template-standing-same = Ready to be sent.
template-standing-missing = Meta does not have it. Run: ventanilla templates sync --apply
template-standing-different = Meta has it with another text. Run: ventanilla templates sync --apply
template-standing-waiting = Meta is reviewing it, which can take a day. There is nothing to do.
template-standing-rejected = Meta refused it. Read the reason, mend its text in templates.ftl and run: ventanilla templates sync --apply. If the reason is not just, appeal in WhatsApp Manager.
template-standing-paused = Meta paused it because people complained. It comes back by itself after 3 or 6 hours; the third time it is closed. Look at whom it is sent to, and mend its text.
template-standing-disabled = Meta closed it and it cannot be sent. Appeal in WhatsApp Manager, or delete it with ventanilla templates delete and, after 30 days, make it again.
template-standing-recategorised = Meta moved it to another, dearer category. Ask for a review in WhatsApp Manager within 60 days, or take out of its text what looks like advertising.
template-standing-poor = It can be sent, but people complain: if they go on, Meta will pause it. Look at its text and at whom it is sent to.
