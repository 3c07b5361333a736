# What the papers say: payment sheet, triptych, privacy notice and calendar.
# Amounts, days and hours come already written.

## On every paper

paper-demo = DEMONSTRATION · not an official document
paper-folio = Folio { $folio }
paper-procedure-first = First passport
paper-procedure-renewal = Renewal
paper-procedure-lost = Replacement: lost, stolen or damaged
paper-group-adult = Adult
paper-group-minor = Child or teenager under 18
paper-years = { $years ->
    [one] 1 year
   *[other] { $years } years
}
paper-notice-version = Version { $version }

## Payment sheet: the bank reads Spanish, so its labels keep the Spanish term first

paper-pay-title = Hoja de ayuda para el pago en ventanilla bancaria
paper-pay-subtitle = Derechos, Productos y Aprovechamientos (DPA) · Help sheet to pay at a bank window
paper-pay-intro = Hand this sheet over at the bank window, pay the amount, and keep the stamped original receipt for your appointment. The data are those of the person who gets the passport.
paper-pay-rfc = RFC · tax number
paper-pay-rfc-value = no necesario salvo factura (CFDI)
paper-pay-curp = CURP
paper-pay-surname1 = Apellido paterno · first surname
paper-pay-surname2 = Apellido materno · second surname
paper-pay-surname2-none = (no tiene)
paper-pay-given = Nombre(s) · given names
paper-pay-company = Denominación o razón social · company
paper-pay-company-value = no aplica: es una persona
paper-pay-agency = Dependencia · federal agency
paper-pay-agency-value = Secretaría de Relaciones Exteriores
paper-pay-period = Periodo · period
paper-pay-period-none = No aplica periodo
paper-pay-period-month = Mensual
paper-pay-period-two-months = Bimestral
paper-pay-period-quarter = Trimestral
paper-pay-period-four-months = Cuatrimestral
paper-pay-period-half-year = Semestral
paper-pay-period-year = Del ejercicio
paper-pay-month = Mes · month
paper-pay-month-value = no aplica
paper-pay-fee-year = Ejercicio · year
paper-pay-reference = Clave de referencia · reference
paper-pay-chain = Cadena de la dependencia · agency code
paper-pay-codes-by-operator = La busca el operador del banco: tarifa del 50 %
paper-pay-concept = Concepto · for
paper-pay-concept-value = Pasaporte ordinario, { $years }, { $half ->
    [yes] tarifa del 50 % · half fee
   *[no] tarifa completa · full fee
}
paper-pay-amount = Importe a pagar · amount
paper-pay-provisional = This is the { $year } fee. Your appointment is in { $next } and that fee is not published yet: it may change on 1 January. If it goes up, you pay the difference.
paper-pay-half-note = Tell the bank: “pasaporte ordinario, { $years }, tarifa del 50 %”. The bank operator finds the code (cadena) in their system; check that the amount is { $amount }.
paper-pay-where = Where to pay
paper-pay-banks = At the window of an authorised bank: Banjército, Banorte, BBVA, Banamex, HSBC, Santander, Scotiabank, Multiva or Inbursa, among others.
paper-pay-cash = At the window: in cash or with a cheque of the same bank.
paper-pay-online = Or in your own on-line banking, under “Pago de impuestos federales / DPA”.
paper-pay-local-fee = The liaison office also charges a municipal fee of { $amount }. It is paid separately, at the municipal treasury.
paper-pay-local-unknown = The liaison office may also charge a municipal fee. Ask there how much it is: it is paid separately, at the municipal treasury.
paper-pay-care = Look after your money
paper-pay-care-people = Never pay persons, by transfer to private accounts, or at convenience stores.
paper-pay-care-one = Make one bank operation per passport.
paper-pay-care-receipt = Keep the original receipt with its digital stamp: you hand it in at the appointment.
paper-pay-care-rfc = The RFC is needed only if you want an invoice (CFDI).
paper-pay-care-free = The appointment is free. This sheet is not a receipt.
paper-pay-appointment = Your appointment: { $day }, { $hour } · { $office }
paper-contact = Questions: { $phone } · { $site }

## Triptych: cover and back

paper-tri-title = Your passport appointment
paper-tri-for = For
paper-tri-day = Day
paper-tri-hour = Time
paper-tri-hour-value = { $hour } (local time)
paper-tri-office = Office
paper-tri-address = Address
paper-tri-validity = Validity
paper-tri-qr-map = QR code: the office on the map
paper-tri-qr-papers = QR code: all your papers on line
paper-tri-qr-sheet = QR code: your payment help sheet
paper-tri-map = How to get there
paper-tri-papers = Your papers on line
paper-tri-sheet = Your payment sheet
paper-tri-notes = Notes
paper-tri-rules = Rules of the office
paper-tri-rules-text = Each office runs its own entrance and may have its own rules about companions, luggage or parking. If something worries you, ask before you go.
paper-tri-contact = Contact
paper-tri-legal = Legal basis
paper-tri-legal-rules = Reglamento de Pasaportes y del Documento de Identidad y Viaje (DOF 05-08-2011, amended 17-08-2016).
paper-tri-legal-simple = Simplification agreement (DOF 31-01-2025): requirements in force since 20 February 2025.
paper-tri-legal-fee = Ley Federal de Derechos, article 20: fees.
paper-tri-fold = Print on both sides, flipping on the short edge. Fold at the marks: the cover stays in front.

## Triptych: what to bring

paper-bring-title = What to bring
paper-bring-intro = Originals. Tick what you already have.
paper-bring-person = Come in person. You fill in the application there, free of charge.
paper-bring-old = The passport you are renewing.
paper-bring-lost = The report or letter saying what happened to your passport (see “If you lost it, or it was stolen or damaged”).
paper-bring-id = Your valid official identification, with photo and signature.
paper-bring-id-named = Your valid official identification, with photo and signature. You chose: { $identification }.
paper-bring-receipt = The original receipt for { $amount }, with its digital stamp.
paper-bring-half = The document that entitles you to the 50 % discount. The office checks it.
paper-bring-child = The child or teenager, in person and with their identification.
paper-bring-child-named = The child or teenager, in person and with their identification. You chose: { $identification }.
paper-bring-child-old = The earlier passport that is being renewed.
paper-bring-child-lost = The report or letter saying what happened to the passport (see “If it was lost, stolen or damaged”).
paper-bring-adults-id = The valid official identification of every adult who authorises.
paper-bring-forms = Application (OP-5) and authorisation (OP-7). They are free, given at the office.
paper-case-title = Just in case
paper-case-birth = Bring a certified birth certificate. It is no longer asked for if the office finds it in its system, but it may save you another trip.
paper-case-late = If the birth was registered after the age of 10, ask beforehand which other document is needed.
paper-case-earlier = If your earlier passport is from before 1990, the procedure counts as a first passport.
paper-gone-title = No longer asked for
paper-gone-text = Proof of address, certified CURP, photographs.

## Triptych: how to pay

paper-cost-title = How to pay
paper-cost-label = Passport valid { $years }
paper-cost-label-half = Passport valid { $years }, 50 % discount
paper-cost-provisional = Fee of { $year }: it may change on 1 January { $next }. If it goes up, you pay the difference.
paper-cost-sheet = Take your help sheet to the bank: it has the data they ask for.
paper-cost-half = The bank operator finds the code (cadena) of the 50 % fee. Check the amount.
paper-cost-bank = Pay only at the window of an authorised bank or in your own on-line banking.
paper-cost-one = One bank operation per passport.
paper-cost-keep = Keep the original receipt: you hand it in at the office.
paper-cost-lasts = If you do not use it now, the receipt is good for 5 years; if the fee goes up, you pay the difference.
paper-local-title = Municipal fee
paper-local-known = This liaison office also charges { $amount }. It is paid at the municipal treasury.
paper-local-unknown = This liaison office may also charge a municipal fee. Ask there how much it is and where it is paid.
paper-local-none = This liaison office charges no municipal fee.

## Triptych: the day

paper-day-title = The day of your appointment
paper-day-early = Arrive 15 minutes early.
paper-day-show = Show your QR code or say your folio.
paper-day-photos = Bring no photographs: photo, fingerprints and signature are taken there.
paper-day-face = For the photo: face uncovered, no glasses.
paper-day-check = Check that your name and CURP are spelled right before you sign.
paper-day-personal = The procedure is personal. Nobody can do it for you, and you need no agent (gestor).
paper-day-personal-child = The procedure is personal: the child or teenager and those who authorise must be there. You need no agent (gestor).
paper-delivery-title = When you get it
paper-delivery-oficina_pasaportes = At a passport office (Oficina de Pasaportes) you usually get it the same day.
paper-delivery-oficina_enlace = At a liaison office (oficina de enlace) it usually takes 3 to 5 working days. They tell you when to collect it.

## Triptych: flap

paper-attend-title = Who must attend
paper-attend-child = The child or teenager.
paper-attend-mother = The mother, with her official identification.
paper-attend-father = The father, with his official identification.
paper-attend-guardian = The guardian, with official identification and the document that proves the guardianship.
paper-op7-title = Form OP-7
paper-op7-sign = With it, those who hold parental authority or guardianship authorise the passport. It is signed at the office.
paper-op7-absent = Whoever cannot come signs the OP-7 at another passport office or a consulate, before the appointment. It is good for 90 calendar days.
paper-op7-alone = { $who ->
    [mother] As only the mother will come, the other holder of parental authority
   *[father] As only the father will come, the other holder of parental authority
} signs the OP-7 beforehand at another passport office or a consulate. It is good for 90 calendar days.
paper-op7-died = If the mother or father has died, bring the death certificate.
paper-school-title = The child's identification
paper-school-over = School card or certificate, with photo and stamp.
paper-school-under = Under 7, a medical certificate with photo will also do.
paper-lost-title = If you lost it, or it was stolen or damaged
paper-lost-title-child = If it was lost, stolen or damaged
paper-lost-stolen = Stolen: a report to the public prosecutor (Ministerio Público).
paper-lost-lost = Lost: many offices accept a sworn letter that you sign there; others ask for a report.
paper-lost-damaged = Damaged: bring the damaged passport.
paper-lost-ask = Not all offices ask for the same: check with the office before you go.
paper-change-title = If you cannot come
paper-change-text = Cancel in the same WhatsApp chat: somebody else can use your place, and you can book another appointment.
paper-fraud-title = Do not be fooled
paper-fraud-free = The appointment is free. If somebody charges you for it, it is fraud.
paper-fraud-pay = Nobody here asks you for money: never pay persons, at stores, or to private accounts.
paper-fraud-data = Never send photos of documents or your card data.

## Calendar

paper-ics-summary = Passport appointment · { $folio }
paper-ics-detail = Arrive 15 minutes early, with your originals and the payment receipt. Folio { $folio }. Questions: { $phone }
