# Public pages.
page-skip = Skip to content
page-demo = Demonstration: nothing here is a real appointment or belongs to an institution.
page-nav = Navigation
page-offices = Offices
page-notice = Privacy notice
page-other-language = Español
page-free = The appointment is free. Nobody may charge you for it.
page-phone = Official telephone: { $phone }
page-software = Made with Ventanilla, free software. This is not a site of Mexico's foreign ministry.
page-home = Go to the start
page-not-found = This page does not exist
page-not-found-about = Check the address, or begin at the start page.
page-expired = This link no longer works
page-expired-about = Links to your papers expire. Write “my appointments” to the same WhatsApp number and we send you a new one.
home-title = Your passport appointment, over WhatsApp
home-lead = Write as you would to anybody. In a few minutes you leave with an office, a day and an hour, your three QR codes and the sheet for paying at the bank.
home-start = Open the chat
home-how = How it works
home-step-1 = Write “hello”.
home-step-1-about = You see the privacy notice. Without your acceptance we ask for nothing.
home-step-2 = Answer in writing.
home-step-2-about = CURP, name, identification and municipality. Never photos, audio or card data.
home-step-3 = Choose office, day and time.
home-step-3-about = The nearest ones, with their first free day. The place is kept for you while you check.
home-step-4 = Everything comes to the chat.
home-step-4-about = Confirmation, three QR codes, payment sheet and a leaflet with the requirements.
home-fees = Fees { $year }
home-validity = Validity
home-years =
    { $years ->
        [one] { $years } year
       *[other] { $years } years
    }
home-money = { MONEY($amount) }
home-fees-about = 1 year only under 3 years of age; 10 years from 18. The 50 % fee is for people over 60, people with a disability and temporary farm workers in Canada. It is paid at an authorised bank's window or in your on-line banking. Enlace offices may charge a municipal fee as well.
home-fraud = Do not be deceived
home-fraud-about = The appointment is free and personal: it is not sold, not transferred, and there are no agents. We will never ask for payments, photos or card data in this chat.
home-missed = If you do not come
home-missed-about =
    Cancel in the chat as soon as you know, up to { $hours } hours before: that never counts against you. Whoever misses { $count ->
        [one] { $count } appointment
       *[other] { $count } appointments
    } in { $window } days without cancelling chooses, for a while, only among the places of the next { $near } days, or joins the waiting list. Nobody loses the right to a passport. A closure or a mistake of ours never counts, and if there was a reason the office sets it right.
home-offices = { $count } offices in { $states } states
home-offices-all = See all offices
offices-about = A starting list from public data; whoever runs the system replaces it with their own. Check before you go.
offices-assumed = assumed hours
page-draws = Draws
draws-about = Where there are more people than places, the places are given by lot: each person enters once, for free, and nobody can choose who wins. Enter in the chat when you choose the office.
draws-check = Anybody can do the sum again with the published file and the free program verify_draw.py:
draws-one = Draw { $number }
draws-days =
    Appointments from { DATE($first) } to { DATE($last) }. { $places ->
        [one] { $places } place.
       *[other] { $places } places.
    }
draws-stage =
    { $stage ->
        [announced] Open: it closes on { DATE($closes) } (UTC date).
        [closed] It closed with { $entries ->
            [one] { $entries } person
           *[other] { $entries } people
        }. The public value is still to come.
       *[drawn] Drawn among { $entries ->
            [one] { $entries } person
           *[other] { $entries } people
        }.
    }
draws-source = Public value:
draws-file = Download the file of the draw
draws-none = There are no draws now.
notice-version = Version { $version }
papers-title = The papers of your appointment
papers-not-live = This appointment is no longer live.
papers-folio = Reference
papers-when = When
papers-moment = { DAY($day) }, { CLOCK($time) } (the office's local time)
papers-where = Where
papers-pay = Payment
papers-sheet = Payment sheet (PDF)
papers-triptych = Leaflet (PDF)
papers-calendar = Add to my calendar
papers-alt-qr-checkin = QR code with your CURP and check-in
papers-alt-qr-office = QR code with the way to the office
papers-alt-qr-payment = QR code with your payment sheet
law-public = General Law on the Protection of Personal Data Held by Obligated Parties (DOF 20-03-2025)
law-private = Federal Law on the Protection of Personal Data Held by Private Parties (DOF 20-03-2025)
notice-sample = SAMPLE NOTICE: this system is a demonstration and the text belongs to no institution.
