# El sorteo de lugares: entrar, el recibo, el resultado.
about-office-draw =
    { $kind ->
        [oficina_enlace] Enlace
       *[other] Pasaportes
    }{ $km ->
        [-1] { "" }
        [0] { "" } · a menos de 1 km
       *[other] { "" } · { $km } km
    } · sorteo hasta el { BRIEF($until) }
ask-day-draw =
    { $free ->
        [yes] *{ $office }*: ¿qué *día* prefieres? También puedes escribirlo, por ejemplo «15 de enero» o «el más pronto».
       *[no] *{ $office }* reparte ahora sus lugares por sorteo. Es gratis y todas las personas tienen la misma oportunidad.
    }

    🎟️ Hay *sorteo* de lugares del { BRIEF($first) } al { BRIEF($last) }. Puedes entrar hasta el { DAY($until) } a las { CLOCK($time) }.
form-day-draw =
    { $free ->
        [yes] { $office }: escoge el día.
       *[no] { $office } reparte ahora sus lugares por sorteo.
    }
    Hay sorteo de lugares del { BRIEF($first) } al { BRIEF($last) }, hasta el { DAY($until) } a las { CLOCK($time) }. Para entrar, cierra el formulario y escribe «sorteo».
choice-enter-draw = Entrar al sorteo
about-enter-draw = Gratis, una vez por persona
ask-draw-half = Sorteo de *{ $office }*. ¿A qué *hora* te queda bien? Entre más opciones aceptes, más fácil es que te toque.
choice-draw-half-any = A cualquier hora
choice-draw-half-morning = En la mañana
choice-draw-half-afternoon = En la tarde
ask-draw-days = ¿Qué *días* te quedan bien? Toca uno o escribe varios, por ejemplo «lunes y martes».
choice-draw-days-any = Cualquier día
draw-day-not-there = El { DAY($day) } no hay lugares de este sorteo a esa hora. Estos días sí.
all-draw-days = cualquiera de los { $count }
some-draw-days =
    { $more ->
        [0] { BRIEF($day) }
       *[other] { BRIEF($day) } y { $more } más
    }
draw-entered =
    ✅ *{ $name } ya está en el sorteo.*
    📍 { $office }
    Días: { $days }
    Horario: { $halves }
    { $tickets ->
        [one] Boletos: { $tickets }
       *[other] Boletos: { $tickets }, porque ya esperaste antes
    }

    Tu recibo: *{ $code }*
    El sorteo cierra el { DAY($until) } a las { CLOCK($time) }. Después te mando aquí el resultado; no tienes que hacer nada.

    Con tu recibo cualquiera puede comprobar que fue limpio: { $url }
    Para salir o cambiar tus días, escribe *sorteo*.
part-of-day-morning = en la mañana
part-of-day-afternoon = en la tarde
part-of-day-any = a cualquier hora
draw-closed = Ese sorteo ya no recibe inscripciones.
draw-elsewhere = Esa CURP ya está en el sorteo desde otro teléfono, y cada persona entra una sola vez.
draw-has-one = Esa CURP ya tiene una cita vigente para este trámite, así que no necesita el sorteo.
my-draws-none = No estás en ningún sorteo. Cuando una oficina tenga uno, lo verás al agendar tu cita.
my-draw =
    🎟️ *{ $name }* · { $office }
    Recibo: { $code }
    { $state ->
        [entered] Estás dentro. Cierra el { DAY($until) } a las { CLOCK($hour) }. Para cambiar tus días, entra otra vez al agendar.
        [closed] La lista ya cerró. Te mando aquí el resultado cuando salga.
        [offered] *Te tocó lugar:* { DAY($day) }, { CLOCK($time) }. Tómalo a más tardar el { DAY($until) } a las { CLOCK($hour) }.
        [won] Te tocó un lugar. Si lo tomaste, está en *mis citas*.
       *[lost] Esta vez no alcanzó. Si alguien deja su lugar y te toca, te aviso.
    }
choice-draw-exit = Salir del sorteo
draw-exited = Listo, ya no estás en el sorteo. Puedes entrar otra vez mientras siga abierto.
draw-not-exited = La lista de ese sorteo ya cerró y no cambia. Si te toca un lugar, puedes decir que no.
draw-won =
    🎉 *{ $name } tiene lugar en el sorteo.*
    📍 { $office }
    📅 *{ DAY($day) }, { CLOCK($time) }* (hora local)

    Te lo guardo hasta el { DAY($closing) } a las { CLOCK($hour) }. Toca *Sí, lo quiero* y la cita queda hecha. Si lo dejas, pasa a la siguiente persona.
choice-draw-take = Sí, lo quiero
choice-draw-decline = No, gracias
draw-declined = Listo, ese lugar pasa a la siguiente persona. Gracias por avisar.
draw-gone = Ese lugar del sorteo ya no está guardado: se tomó, se dejó o terminó su tiempo. Escribe *sorteo* y te digo cómo va lo tuyo.
draw-already-live = Ya hay una cita vigente con esa CURP. Si prefieres el lugar del sorteo, cancela la otra en *mis citas* y toca otra vez *Sí, lo quiero*.
draw-lost =
    Esta vez el sorteo no alcanzó para { $name }, en { $office }. Si alguien deja su lugar y te toca, te aviso.
    La próxima vez llevas *{ $tickets } boletos* en la tómbola: esperar sí cuenta. Para ver tu recibo, escribe *sorteo*.
