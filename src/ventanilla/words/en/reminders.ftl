# Reminders within the 24 hours, and what whoever answers them is told. Those that go out later are templates
# (templates.ftl): they say the same, so that the two wordings (cost and plain) can be compared.
reminder-cost =
    🔔 A reminder of the appointment of *{ $name }*
    Folio: *{ $folio }*
    📍 { $office }
    { $address }
    📅 *{ DAY($day) }, { CLOCK($time) }* (local time)

    Are you coming? A place that nobody comes to is lost: that day one person less is attended. If you cannot come, change or cancel it with one tap and somebody else can use that place.
reminder-plain =
    🔔 A reminder of the appointment of *{ $name }*
    Folio: *{ $folio }*
    📍 { $office }
    { $address }
    📅 *{ DAY($day) }, { CLOCK($time) }* (local time)

    Are you coming? If you cannot come, change or cancel it with one tap.
reminder-going =
    🔔 See you at the appointment of *{ $name }*
    Folio: *{ $folio }*
    📍 { $office }
    { $address }
    📅 *{ DAY($day) }, { CLOCK($time) }* (local time)

    You told us that you are coming, so there is nothing to answer.
reminder-today =
    🔔 The appointment of *{ $name }* is *today*
    Folio: *{ $folio }*
    🕐 *{ CLOCK($time) }*, local time. Please come 15 minutes early.
    📍 { $office }
    { $address }
reminder-bring =
    🗺️ How to get there: { $map }
    📄 Bring your original documents and the proof of payment. Your QR codes and the list: { $url }
reminder-names = { $names } and { $last }
reminder-folios = { $folio } (+{ $more })
choice-reminder-going = I am coming
choice-reminder-change = Change
choice-reminder-cancel = Cancel
choice-reminder-cannot = I cannot come
choice-reminder-not-now = I cannot come now
reminder-thanks =
    Thank you! See you there:
    📅 *{ DAY($day) }, { CLOCK($time) }* (local time)
    📍 { $office }
    If something changes, write *my appointments*.
reminder-gone = That appointment is not there any more: it has passed, was cancelled, or was not made from this phone. To see those you have, write *my appointments*.
