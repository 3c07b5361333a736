# What the assistant says. Spanish of Mexico, with "tú": short, warm, exact.
# *bold* is WhatsApp's. Functions: MONEY, DAY (with its weekday), DATE (without),
# BRIEF (short, without year), CLOCK. A line that begins with an asterisk writes it as { "*" }.

welcome =
    ¡Hola! Soy el asistente de citas de pasaporte de *{ $name }*.{ $demo ->
        [yes] { "\u000A" }⚠️ Esto es una *demostración*: nada aquí es una cita real.
       *[no] { "" }
    }
    La cita es *gratis*: nadie puede cobrarte por ella. Aquí todo es *por escrito*: nunca te pediremos fotos, audios ni datos de tarjeta.

    { notice-simplified } Completo: { $url }

    ¿Aceptas que usemos tus datos para tu cita?
notice-simplified = *Aviso de privacidad.* { $name } usa tus datos (CURP, nombre, identificación, pasaporte anterior, correo y municipio) solo para darte y atender tu cita. No los vende. Puedes conocerlos, corregirlos, borrarlos u oponerte a su uso.
notice-title = Aviso de privacidad integral
choice-notice-accept = Acepto
choice-notice-decline = No acepto
choice-notice-read = Leer completo
declined =
    Está bien, no guardé ningún dato tuyo para la cita. Si cambias de opinión, toca *Acepto* o escríbenos cuando quieras.
    También te atienden por teléfono: { $phone }
withdrawn =
    Está bien: ya no uso tus datos y borré las respuestas a medias. Si ya tienes una cita confirmada, sigue en pie; para cancelarla, toca *Acepto* y escribe *mis citas*.
    También te atienden por teléfono: { $phone }
accepted-already = Ya habías aceptado el aviso de privacidad, gracias.
notice-in-full = ¿Aceptas que usemos tus datos para tu cita? Te mandé el aviso completo, que también está en { $url }
notice-again = Para ayudarte con tu cita necesito que aceptes el aviso de privacidad: toca *Acepto* o escribe «acepto». Completo: { $url }
notice-here = Te mandé el aviso de privacidad completo. También está en { $url }
notice-changed = Cambió nuestro aviso de privacidad, así que te lo pregunto otra vez. Lo que ya me diste sigue aquí.
only-text = Gracias, pero aquí solo puedo leer *mensajes escritos*: no veo fotos, audios, ubicaciones ni archivos.

menu =
    { $unfinished ->
        [yes] Tienes una cita a medias: toca *Agendar cita* y seguimos donde ibas.
       *[no] ¿En qué te ayudo?
    } Toca *Ver opciones* o escríbeme con tus palabras.
list-button = Ver opciones
choice-menu = Menú
choice-menu-book = Agendar cita
about-menu-book = Pasaporte: primera vez, renovación o reposición
choice-menu-family = Para varias personas
about-menu-family = Familia o grupo, el mismo día y en lugares seguidos
choice-menu-appointments = Mis citas
about-menu-appointments = Ver, recibir los documentos, cambiar o cancelar
choice-menu-requirements = Requisitos
about-menu-requirements = Qué llevar el día de la cita
choice-menu-costs = Costos y pago
about-menu-costs = Cuánto cuesta y dónde se paga
choice-menu-offices = Oficinas
about-menu-offices = Las más cercanas a ti
choice-menu-data = Mis datos
about-menu-data = Qué guardamos y tus derechos
choice-menu-person = Hablar con una persona
about-menu-person = Te damos el teléfono y avisamos
choice-menu-language = English
about-menu-language = Continue in English

help = Puedes escribir *volver* (pregunta anterior), *menú*, *cancelar* o *persona* en cualquier momento. Si te equivocas, no pasa nada: todo se puede cambiar antes de confirmar.
hello-again = ¡Hola otra vez! Aquí sigo.
thanks = ¡Con gusto!
not-understood = Perdón, no te entendí bien.
nothing-before = Ya estamos al principio.
nothing-open = No hay nada a medias que cancelar.
lapsed = ¡Hola otra vez! Pasaron más de { $days } días, así que borré las respuestas que tenías a medias.
old-choice = Ese botón es de un mensaje anterior y ya no sirve.
gone-choice = Esa opción ya no está disponible.
choose-one = Perdón, no reconocí esa opción. Toca una de estas.
offer-person = Si prefieres, escribe *persona* y te decimos cómo hablar con alguien.
going-on = Seguimos donde íbamos.
family-begins =
    { $begun ->
        [yes] Claro: seguimos con la cita que ya empezaste y luego anoto a los demás.
       *[no] Claro: te pregunto por una persona y luego por la siguiente. Irán el mismo día, en lugares seguidos.
    } { $most ->
        [1] Desde este teléfono puedes anotar a 1 persona.
       *[other] Desde este teléfono puedes anotar a { $most } personas.
    }{ $more ->
        [yes] { "" } Las demás pueden agendar desde otro teléfono.
       *[no] { "" }
    }
family-in-chat = Para varias personas seguimos en el chat: ahí te espero.
understood =
    { $known ->
        [both] Entendí: *{ $procedure }*, *{ $for-whom }*.
        [procedure] Entendí: *{ $procedure }*.
       *[for-whom] Entendí: *{ $for-whom }*.
    } Si no es así, escribe *volver*.
more-rows = Ver más ▸
first-rows = ◂ Volver al inicio
official = Este es el único número oficial de { $name }. La cita es gratis: nunca pagues por ella ni des datos de tarjeta. Si alguien te cobra, es fraude; repórtalo al { $phone }. Sitio: { $site }
person =
    Claro. Dejé aviso de que quieres hablar con una persona. También puedes llamar al *{ $phone }*.{ $unfinished ->
        [yes] { "" } Tus respuestas no se pierden.
       *[no] { "" }
    }
something-broke = Perdón, algo falló de nuestro lado y no pude atender tu mensaje. Ya avisé a una persona. Tus respuestas anteriores siguen guardadas; puedes escribir *menú* para continuar.

ask-leaving = ¿Dejamos la cita sin agendar? Se borran las respuestas de esta solicitud.
choice-leaving-yes = Sí, dejarla
choice-leaving-no = No, seguimos
left = Listo, no agendé nada. Cuando quieras, empezamos de nuevo.

ask-for-whom = ¿Para quién es la cita?
ask-for-whom-next = ¿Y la siguiente cita, para quién es?
choice-for-whom-me = Para mí
choice-for-whom-child = Mi hija o hijo menor
choice-for-whom-other = Otra persona adulta
ask-procedure = ¿Qué trámite necesitas?
choice-procedure-first = Primera vez
about-procedure-first = Nunca ha tenido pasaporte mexicano
choice-procedure-renewal = Renovación
about-procedure-renewal = Tiene el pasaporte anterior, vigente o vencido
choice-procedure-lost = Robo, pérdida o daño
about-procedure-lost = Se perdió, lo robaron o está maltratado
choice-group-adult = Adulto (18 o más)
choice-group-minor = Menor de 18 años
ask-group = ¿Es para una persona adulta o menor de edad?

ask-curp =
    Escribe { $who ->
        [me] tu *CURP*
        [child] la *CURP* de la o el menor
       *[other] la *CURP* de esa persona
    }. Son 18 letras y números, por ejemplo HEGG560427MVZRRL04.
    Si no la sabes, consúltala en gob.mx/curp
bad-curp =
    { $kind ->
        [too-short] A esa CURP le faltan caracteres: deben ser 18. Revísala y escríbela completa.
        [too-long] A esa CURP le sobran caracteres: deben ser 18. Revísala y escríbela de nuevo.
        [letter-expected] En la posición { $position } va una *letra* y escribiste «{ $found }».
        [digit-expected] En la posición { $position } va un *número* y escribiste «{ $found }».
        [vowel-expected] En la posición { $position } va una vocal (o X) y escribiste «{ $found }».
        [consonant-expected] En la posición { $position } va una consonante (o X) y escribiste «{ $found }».
        [no-such-date] La fecha de nacimiento (posiciones 5 a 10: año, mes y día) no existe: «{ $found }».
        [future-date] La fecha de nacimiento (posiciones 5 a 10) todavía no llega: «{ $found }».
        [no-such-sex] En la posición { $position } va H, M o X, y escribiste «{ $found }».
        [inconvenient-word] Las cuatro primeras letras no pueden ser esas: la segunda suele ser X. Revísala.
        [century-mismatch] La posición 17 no va con el año de nacimiento: es número hasta 1999 y letra desde 2000.
        [no-such-state] Las posiciones 12 y 13 son la clave del estado y «{ $found }» no existe.
        [check-digit] El último número no corresponde con los demás: hay algún carácter equivocado. Revísala con calma.
        [no-enye] En la CURP la Ñ se escribe X (posición { $position }).
       *[other] Eso no parece una CURP. Son 18 letras y números.
    }{ $hint ->
        [none] { "" }
       *[other] { "" } ¿Será *{ $hint }*?
    }
given-up = Ese lugar lo tuviste y lo dejaste libre, así que ya es para otra persona. Hay más:
already-live = Ya hay una cita vigente con esa CURP para este trámite, y solo puede haber una. Si es tuya, búscala en *Mis citas*; si te equivocaste, escribe otra CURP.
missed-before =
    { $people ->
        [1] Con esta CURP
       *[other] Con una de las CURP
    } hay { $count ->
        [one] { $count } cita a la que nadie llegó
       *[other] { $count } citas a las que nadie llegó
    }. Por eso, hasta el *{ DATE($end) }* puedes elegir lugares de los próximos *{ $days } días*, o apuntarte en la lista de espera. Tu derecho al pasaporte sigue igual.
    Si hubo un motivo, o el error fue nuestro, dilo en la oficina: ahí lo corrigen.
curp-twice = Esa es la CURP de *{ $name }*, que ya está anotada en esta solicitud. Escribe la de la otra persona.
choice-without = Sin esta persona
grown-up = Según la CURP ya cumplió 18 años, así que es trámite de persona adulta.
is-minor = Según la CURP es menor de 18 años, así que es trámite de menor: alguien debe acompañarle.

sex-H = hombre
sex-M = mujer
sex-X = no binario
ask-name =
    Esa CURP dice: nacimiento *{ DATE($born) }*, *{ $sex }*, *{ $state }*.
    Si está bien, escribe { $who ->
        [me] tu nombre completo
        [child] el nombre completo de la o el menor
       *[other] el nombre completo de esa persona
    }, como en el acta: nombre(s) y dos apellidos. Si no, toca *No es esa CURP*.
choice-fix-curp = No es esa CURP
bad-name =
    { $kind ->
        [yes] ¡Perfecto! Ahora escribe el nombre completo: nombre(s) y apellidos.
        [no] Si esa no es la CURP, toca *No es esa CURP* y la escribes de nuevo.
        [too-short] Me falta parte del nombre. Escribe nombre(s) y apellidos, como en el acta.
        [digits] Un nombre no lleva números. Escribe nombre(s) y apellidos, como en el acta.
        [too-long] Ese nombre es demasiado largo para el formato. Escríbelo sin títulos ni comentarios.
       *[strange-characters] No pude leer ese nombre. Escribe solo letras: nombre(s) y apellidos, como en el acta.
    }
name-mismatch =
    { "*" }{ $name }* no coincide con la CURP: por { $part ->
        [given] el nombre
        [surname1] el primer apellido
       *[surname2] el segundo apellido
    }, en la posición { $position } iría «{ $name-letter }» y la CURP tiene «{ $curp-letter }».
    Escríbelo otra vez, como en el acta. Si así está escrito, toca *Así se escribe*: lo revisarán en la oficina.
choice-name-insist = Así se escribe

ask-identification = 
    ¿Con qué identificación oficial (vigente, original) { $who ->
        [me] irás
       *[other] irá
    } a la cita?
choice-identification-ine = INE / IFE
choice-identification-professional-licence = Cédula profesional
choice-identification-degree = Título profesional
choice-identification-military = Cartilla militar
choice-identification-inapam = Credencial INAPAM
choice-identification-consular = Matrícula consular
choice-identification-naturalisation = Carta naturalización
choice-identification-health-card = Credencial de salud
choice-identification-retiree-card = Credencial jubilación
choice-identification-school = Credencial escolar
choice-identification-medical = Constancia médica
choice-identification-passport = Pasaporte anterior
choice-identification-other = Otra oficial con foto
ask-id-number =
    { $kind ->
        [ine] Escribe el número de la INE: la *clave de elector* (18 letras y números, al frente) o los 9 números del *CIC* (atrás, después de IDMEX).
        [professional-licence] Escribe el número de la cédula profesional (5 a 8 números).
        [military] Escribe la matrícula de la cartilla militar.
        [other] Escribe qué identificación es y su número.
       *[any] Escribe el número de esa identificación.
    }
choice-id-number-none = No tiene número
bad-number =
    { $code ->
        [ine] Ese número no parece de la INE. La clave de elector tiene 18 letras y números; el CIC, 9 números.
        [professional-licence] La cédula profesional tiene de 5 a 8 números, sin letras.
        [old-passport] El pasaporte mexicano lleva una letra y 8 números, por ejemplo G12345678.
       *[any] { $kind ->
            [too-short] A ese número le faltan letras o números. Escríbelo completo.
            [too-long] Ese número es demasiado largo. Escribe solo el número, sin nada más.
            [no-digits] Ahí no veo números. Escribe el número como viene en la identificación.
            [digits-only] Ese número lleva solo números, sin letras.
            [wrong-shape] Ese número no tiene la forma esperada. Escríbelo como viene en la identificación.
           *[strange-characters] No pude leer ese número. Escribe solo letras y números, sin símbolos.
        }
    }{ $hint ->
        [none] { "" }
       *[other] { "" } ¿Será *{ $hint }*? Si es así, tócalo.
    }
ask-old-number = Escribe el *número del pasaporte anterior* (una letra y 8 números, como G12345678).
choice-old-number-none = No lo sé
ask-old-issued = ¿Qué día lo *expidieron*? Escríbelo como quieras, por ejemplo 3 de mayo de 2016.
choice-old-issued-none = No lo sé
ask-old-expires = ¿Y qué día *vence o venció*? Por ejemplo 3 de mayo de 2026.
choice-old-expires-none = No lo sé
bad-date =
    { $kind ->
        [no-such-day] Ese día no existe en el calendario. Revísalo, por ejemplo 3 de mayo de 2016.
        [year-missing] Me falta el año. Escríbela así: 3 de mayo de 2016.
       *[not-a-date] No entendí la fecha. Escríbela así: 3 de mayo de 2016, o 03/05/2016.
    }
bad-issued = Leí { DATE($date) }, y un pasaporte se expide antes de hoy. ¿La revisas?
bad-expires =
    Leí { DATE($date) }. { $issued ->
        [none] Un pasaporte vence cuando mucho 10 años después de hoy.
       *[other] Debe ser después de la expedición ({ DATE($issued) }) y no más de 10 años.
    } ¿La revisas?

ask-attending = ¿Quién irá con la o el menor? Deben ir mamá *y* papá, o quien tenga la patria potestad o tutela, con su identificación.
choice-attending-both = Mamá y papá
choice-attending-mother = Solo mamá
choice-attending-father = Solo papá
choice-attending-guardian = Tutora o tutor
one-parent = Quien no pueda ir debe firmar antes el formato *OP-7* en otra oficina de pasaportes o consulado; vale 90 días.

ask-validity = ¿Por cuántos años quieres el pasaporte? La tarifa del 50 % es para mayores de 60 años, personas con discapacidad y trabajadores agrícolas temporales en Canadá (estos, solo 3 o 6 años). No te preguntaré el motivo: se comprueba en la oficina.
choice-validity =
    { $years ->
        [one] { $years } año · { MONEY($amount) }
       *[other] { $years } años · { MONEY($amount) }
    }
tariffs-full = Tarifa completa
tariffs-half = Tarifa del 50 %
ask-email = ¿A qué *correo electrónico* te podemos escribir si algo cambia? Es opcional.
choice-email-none = Sin correo
ask-more =
    Ya anoté a *{ $name }*. { $count ->
        [one] Va { $count } persona.
       *[other] Van { $count } personas.
    } { $full ->
        [yes] Es lo máximo desde este teléfono; así cuidamos que nadie acapare lugares.
       *[no] ¿Quién sigue?
    }
choice-more-add = Agregar otra persona
choice-more-done = Ya somos todos
bad-email =
    Ese correo no parece completo{ $hint ->
        [none] . Debe ser como nombre@ejemplo.com
       *[other] : ¿será { $hint }? Escríbelo otra vez
    }, o toca *Sin correo*.

ask-municipality = ¿En qué *municipio o alcaldía* vives? Escríbelo como lo dices, por ejemplo: Tlajomulco, Cd. Juárez, Ecatepec.
which-municipality =
    Hay varios con ese nombre. ¿Cuál es?{ $more ->
        [yes] { "" } Si no está, escribe el municipio y el estado.
       *[no] { "" }
    }
no-municipality =
    No encontré ese lugar. { $near ->
        [yes] ¿Será uno de estos? Si no, escribe
       *[no] Escribe
    } el municipio y el estado, por ejemplo: Benito Juárez, Quintana Roo.
ask-office =
    { $whole ->
        [yes] Estas son las oficinas de *{ $where }*.
       *[no] Estas son las oficinas más cercanas a *{ $where }*.
    } Toca una para ver sus días libres.
no-offices = En ese estado no hay oficinas que hagan este trámite. Escribe otro municipio o estado cercano.
choice-whole-state = Todo el estado
about-whole-state = Ver todas las oficinas del estado
about-office =
    { $kind ->
        [oficina_enlace] Enlace
       *[other] Pasaportes
    }{ $km ->
        [-1] { "" }
        [0] { "" } · a menos de 1 km
       *[other] { "" } · { $km } km
    }{ $free ->
        [yes] { "" } · desde { BRIEF($day) }
       *[no] { "" } · sin lugares por ahora
    }{ $fee ->
        [-1] { "" }
        [0] { "" }
       *[other] { "" } · +{ MONEY($fee) } locales
    }
no-near-days = *{ $office }* no tiene lugares en los próximos { $days } días. Elige otra oficina.
no-days =
    { "*" }{ $office }* no tiene { $people ->
        [1] lugares
       *[other] { $people } lugares seguidos
    } por ahora. Puedes elegir otra oficina.
ask-day = *{ $office }*: ¿qué *día* prefieres? También puedes escribirlo, por ejemplo «15 de enero» o «el más pronto».
row-day = { BRIEF($day) }
about-day =
    { $count ->
        [one] { $count } lugar libre
       *[other] { $count } lugares libres
    }
bad-day =
    { $kind ->
        [no-such-day] Ese día no existe en el calendario.
       *[not-a-date] No entendí el día. Toca uno de la lista o escríbelo así: 15 de enero.
    }
day-not-free =
    El { DAY($day) } no hay { $people ->
        [1] lugares
       *[other] { $people } lugares seguidos
    } en esa oficina. Estos días sí hay.
ask-time =
    { $people ->
        [1] ¿A qué *hora* el { DAY($day) }?
       *[other] ¿A qué *hora* empiezan el { DAY($day) }? Son { $people } lugares seguidos.
    } Es la hora local de la oficina. También puedes escribirla, por ejemplo «10:30».
no-times =
    El { DAY($day) } ya no quedan { $people ->
        [1] lugares
       *[other] { $people } lugares seguidos
    }. Elige otro día.
part-morning = Por la mañana
part-afternoon = Por la tarde
about-block =
    { $same ->
        [yes] Las { $people } personas a la misma hora
       *[no] De { CLOCK($first) } a { CLOCK($last) }, una tras otra
    }
bad-time = No entendí la hora. Toca una de la lista o escríbela así: 10:30.
time-not-free =
    A las { CLOCK($time) } no hay { $people ->
        [1] lugar libre
       *[other] { $people } lugares seguidos
    }. Estas horas sí lo tienen.
ask-place =
    { $people ->
        [1] Ese lugar se acaba de ocupar. *No perdiste nada*: todo lo demás sigue guardado. Estos son los lugares libres más cercanos:
       *[other] Alguno de esos lugares se acaba de ocupar y ya no caben juntos. *No perdieron nada*: los datos de las { $people } personas siguen guardados. Estas son las horas más cercanas en que caben todos:
    }
ask-place-none =
    { $people ->
        [1] Ese lugar se acaba de ocupar y no quedan otros cerca. *No perdiste nada*: todo lo demás sigue guardado.
       *[other] Alguno de esos lugares se acaba de ocupar y no quedan { $people } seguidos cerca. *No perdieron nada*: los datos siguen guardados.
    } Elige otro día u otra oficina:
row-place = { BRIEF($day) } { CLOCK($time) }
choice-other-day = Ver otros días
about-other-day = En la misma oficina
choice-other-office = Ver otra oficina
about-other-office = Con sus días libres

ask-confirm =
    Revisa tu cita:
    { "*" }{ $procedure }* · { $years ->
        [one] { $years } año
       *[other] { $years } años
    } · { MONEY($amount) }{ $tariff ->
        [half] { "" } (tarifa 50 %)
       *[full] { "" }
    }{ $provisional ->
        [yes] { "" } (puede cambiar el 1 de enero)
       *[no] { "" }
    }
    { $name }
    CURP { $curp } · { DATE($born) } · { $sex } · { $state }
    Identificación: { $identification }{ $number ->
        [none] { "" }
       *[other] { "" } { $number }
    }{ $old ->
        [none] { "" }
       *[other] { "\u000A" }{ $old }
    }{ $attending ->
        [none] { "" }
       *[other] { "\u000A" }Acompaña: { $attending }
    }
    Correo: { $email ->
        [none] ninguno
       *[other] { $email }
    }
    📍 { $office }
    📅 *{ DAY($day) }, { CLOCK($time) }* (hora local)

    { $minutes ->
        [0] El tiempo que te aparté el lugar terminó; si sigue libre, es tuyo al confirmar.
        [one] Te aparto el lugar { $minutes } minuto más.
       *[other] Te aparto el lugar { $minutes } minutos.
    } ¿Confirmo?
choice-confirm-yes = Confirmar
choice-confirm-change = Cambiar algo
choice-confirm-leave = Cancelar
ask-confirm-family =
    Revisa las citas de { $count } personas:
    📍 { $office }
    📅 *{ DAY($day) }* (hora local)

    { $rows }

    En total: { MONEY($amount) }{ $provisional ->
        [yes] { "" } (puede cambiar el 1 de enero)
       *[no] { "" }
    }
    { $minutes ->
        [0] El tiempo que les aparté los lugares terminó; si siguen libres, son suyos al confirmar.
        [one] Les aparto los lugares { $minutes } minuto más.
       *[other] Les aparto los lugares { $minutes } minutos.
    } ¿Confirmo?
family-person =
    { $n }. *{ $name }*, { CLOCK($time) }
    { $procedure } · { $years ->
        [one] { $years } año
       *[other] { $years } años
    } · { MONEY($amount) }{ $tariff ->
        [half] { "" } (tarifa 50 %)
       *[full] { "" }
    }
    CURP { $curp } · { DATE($born) }
    Identificación: { $identification }{ $number ->
        [none] { "" }
       *[other] { "" } { $number }
    }{ $old ->
        [none] { "" }
       *[other] { "\u000A" }{ $old }
    }{ $attending ->
        [none] { "" }
       *[other] { "\u000A" }Acompaña: { $attending }
    }{ $email ->
        [none] { "" }
       *[other] { "\u000A" }Correo: { $email }
    }
old-passport =
    Pasaporte anterior: { $number ->
        [none] sin número
       *[other] { $number }
    }{ $issued ->
        [none] { "" }
       *[other] , del { DATE($issued) }
    }{ $expires ->
        [none] { "" }
       *[other] { "" } al { DATE($expires) }
    }
ask-change = ¿Qué quieres cambiar? Lo demás se queda igual.
about-change-person = CURP { $curp }: corregir o quitar
ask-part = ¿Qué cambiamos de *{ $name }*? Lo demás se queda igual.
choice-part-remove = Quitar de la solicitud
choice-change-for-whom = Para quién es
choice-change-procedure = El trámite
choice-change-curp = La CURP
choice-change-name = El nombre
choice-change-identification = La identificación
choice-change-id-number = Número identificación
choice-change-old-number = Número de pasaporte
choice-change-old-issued = Fecha de expedición
choice-change-old-expires = Fecha de vencimiento
choice-change-attending = Quién acompaña
choice-change-validity = Años y tarifa
choice-change-email = El correo
choice-change-municipality = El municipio
choice-change-office = La oficina
choice-change-day = El día
choice-change-time = La hora
too-many =
    Desde este teléfono ya hay citas para { $people } personas en los últimos { $days } días, que es el máximo. Así cuidamos que nadie acapare lugares.
    Si necesitas otra, escribe *persona*.
too-many-of = Con todas estas personas pasarían de { $people } desde este teléfono en { $days } días, que es el máximo. Así cuidamos que nadie acapare lugares. Elige a quién quitar; puede agendar desde otro teléfono.
already-live-of = No confirmé ninguna cita todavía: *{ $name }* ya tiene una vigente para este trámite, y solo puede haber una. Los demás datos y lugares siguen guardados.
given-up-of = *{ $name }* tuvo ese lugar y lo dejó libre, así que ya es para otra persona.

confirmed =
    ✅ *¡Tu cita está confirmada!*
    Folio: *{ $folio }*
    { $name }
    📍 *{ $office }*
    { $address }
    📅 *{ DAY($day) }*
    🕐 *{ CLOCK($time) }*, hora local de la oficina. Llega 15 minutos antes.

    { "*" }Lleva, en original:*
    { bring }

    💵 Pago: *{ MONEY($amount) }* en el banco o su banca en línea, con la hoja de ayuda que te mando.{ $provisional ->
        [yes] { "" } El monto puede cambiar el 1 de enero: te conviene pagar ese año.
       *[no] { "" }
    }{ $local ->
        [-1] { $kind ->
            [oficina_enlace] { "" } Esta oficina puede cobrar además un derecho municipal; pregunta ahí.
           *[other] { "" }
        }
        [0] { "" }
       *[other] { "" } Además, { MONEY($local) } de derecho municipal, que se paga en la tesorería del municipio.
    }{ $flagged ->
        [yes] { "\u000A" }✏️ El nombre y la CURP no coinciden del todo: lo revisarán en la oficina.
       *[no] { "" }
    }
    La cita es *gratis* y personal. Nadie puede cobrarte por ella.
    Todos tus documentos: { $url }
bring =
    { $procedure ->
        [first] • Comprobante de pago
       *[other] • Comprobante de pago{ $procedure ->
            [renewal] { "\u000A" }• El pasaporte que vas a renovar
           *[lost] { "\u000A" }• El acta o reporte ante la autoridad (o la carta de extravío; pregunta en la oficina), y el pasaporte si está dañado
        }
    }
    { $group ->
        [minor] • Identificación de la o el menor, con foto, y de quienes acompañan (mamá y papá, o tutor)
       *[adult] • Identificación oficial vigente, con foto y firma
    }
    • Por si acaso: acta de nacimiento certificada
confirmed-family =
    ✅ *¡Sus { $count } citas están confirmadas!*
    📍 *{ $office }*
    { $address }
    📅 *{ DAY($day) }*, hora local de la oficina. Lleguen 15 minutos antes.

    { $rows }
family-booked =
    🕐 { CLOCK($time) } · *{ $name }* · folio *{ $folio }*{ $flagged ->
        [yes] { "" } · ✏️ revisarán su nombre en la oficina
       *[no] { "" }
    }
    { $url }
bring-for =
    { "*" }Qué llevar, en original* ({ $name }):
    { bring }
pay-family =
    💵 Pago: *{ MONEY($amount) }* en total; cada quien tiene su hoja de ayuda, y se paga en el banco o su banca en línea.{ $provisional ->
        [yes] { "" } Los montos pueden cambiar el 1 de enero: les conviene pagar ese año.
       *[no] { "" }
    }{ $local ->
        [-1] { $kind ->
            [oficina_enlace] { "" } Esta oficina puede cobrar además un derecho municipal; pregunta ahí.
           *[other] { "" }
        }
        [0] { "" }
       *[other] { "" } Además, { MONEY($local) } de derecho municipal por persona, que se pagan en la tesorería del municipio.
    }
    Cada cita es *gratis* y personal, y se puede cancelar sola en *mis citas*. Nadie puede cobrarte por ellas.

corrected =
    En la oficina corrigieron { $what ->
        [curp] la CURP
        [name] el nombre
       *[both] la CURP y el nombre
    } de la cita *{ $folio }*, que tenía un error de escritura. El lugar, el día y la hora no cambian.
    Te mando los documentos corregidos; usa estos. Si no pediste esta corrección, escribe *persona*.

no-appointments = No tienes citas vigentes hechas desde este teléfono. Si la hiciste desde otro, escribe *otro teléfono*.
ask-appointment = Estas son tus citas. ¿Cuál quieres ver?
about-appointment = { $name } · { $office }
choice-appointment-other = De otro teléfono
about-appointment-other = Cita hecha con otro número, con folio y CURP
ask-folio = Escribe el *folio* de la cita. Está en la confirmación y en los documentos, y es como PA-ABC-2345.
bad-folio = Eso no parece un folio. Si no lo encuentras, escribe *persona* y te ayudan.
ask-proof = Ahora escribe la *CURP* de la persona de esa cita (18 letras y números). Así cuidamos que nadie más la vea.
not-proved =
    No encontré una cita vigente con ese folio y esa CURP. Revisa los dos y escríbelos otra vez. Hoy { $left ->
        [one] queda { $left } intento.
       *[other] quedan { $left } intentos.
    }
no-more-proofs = No pude comprobar esa cita y por hoy ya no quedan intentos. Puedes probar otra vez mañana, o te ayudan por teléfono: { $phone }
from-another-phone =
    { $what ->
        [seen] Tu cita *{ $folio }* se consultó desde otro teléfono, con su folio y su CURP. Si fuiste tú o alguien de tu confianza, no hay que hacer nada.
        [moved] Tu cita *{ $folio }* se cambió desde otro teléfono y *los QR de antes ya no sirven*. Escribe *mis citas* para ver los nuevos.
       *[cancelled] Tu cita *{ $folio }* se canceló desde otro teléfono. Puedes agendar otra cuando quieras.
    } { $what ->
        [seen] Si no, escribe *persona*.
       *[other] Si no fuiste tú, escribe *persona*.
    }
ask-what =
    Cita *{ $folio }* de { $name }
    📍 { $office }
    📅 { DAY($day) }, { CLOCK($time) }
    { $closed ->
        [yes] ⚠️ *Esa oficina no abre ese día.* Toca *Elegir otro lugar*: no pierdes nada y no cuenta como cambio tuyo.
       *[no] ¿Qué necesitas?
    }
choice-what-papers = Ver documentos
choice-what-move = Cambiar día u oficina
choice-what-sooner = Quiero una fecha antes
choice-what-cancel = Cancelar la cita
choice-what-nothing = Nada, gracias
ask-sure =
    Cita *{ $folio }* de { $name }
    📍 { $office }
    📅 { DAY($day) }, { CLOCK($time) }
    ¿La cancelo? El lugar será para otra persona y esto no se puede deshacer.
choice-sure-yes = Sí, cancelarla
choice-sure-no = No, conservarla
cancelled =
    Listo, cancelé la cita { $folio }. *Gracias por avisar*: tu lugar será para alguien que espera.
    Cuando quieras otra, toca *Agendar cita*.
kept = Muy bien, todo sigue igual.
gone-appointment = Esa cita ya no está, o cambió hace un momento. Escribe *mis citas* para ver cómo quedó.
too-late =
    Ya es muy tarde para cancelar aquí: se puede hasta { $hours ->
        [one] { $hours } hora
       *[other] { $hours } horas
    } antes. Si puedes ir, te esperan. Si no, no pasa nada; si quieres, avisa al { $phone }

place-told = { $office }, { DAY($day) }, { CLOCK($time) }
part-same = La misma oficina
part-keep = O nada
part-near = Otras cerca
ask-move =
    Tu cita *{ $folio }* está en { $office }, el { DAY($day) }, { CLOCK($time) }. { $left ->
        [-1] Esa oficina no abre ese día, así que este cambio no cuenta.
        [one] Puedes cambiarla *una vez* más.
       *[other] Puedes cambiarla { $left } veces.
    }
    No la pierdes mientras eliges. ¿En qué *oficina* la quieres?
same-place = Ese es justo el lugar que ya tienes. Elige otro.
ask-swap =
    Revisa el cambio de la cita *{ $folio }* de { $name }.
    De: { $old }
    A: *{ $office }*
    📅 *{ DAY($day) }, { CLOCK($time) }* (hora local)

    { $minutes ->
        [0] El tiempo que te aparté el lugar terminó; si sigue libre, es tuyo al confirmar.
        [one] Te aparto el lugar nuevo { $minutes } minuto más.
       *[other] Te aparto el lugar nuevo { $minutes } minutos.
    } { $left ->
        [-1] Este cambio no cuenta, porque la oficina de antes no abre ese día.
        [0] Al cambiarla, el de antes queda para otra persona. Sería el último cambio.
        [one] Al cambiarla, el de antes queda para otra persona. Después podrás cambiarla una vez más.
       *[other] Al cambiarla, el de antes queda para otra persona. Después podrás cambiarla { $left } veces más.
    } ¿La cambio?
choice-swap-yes = Sí, cambiarla
choice-swap-no = No, dejarla igual
moved =
    🔄 Listo, cambié tu cita. *Los QR y documentos de antes ya no sirven*: usa los que te mando ahora. { $left ->
        [0] Ya no se puede cambiar otra vez.
        [one] La puedes cambiar una vez más.
       *[other] La puedes cambiar { $left } veces más.
    }
not-moved =
    { $why ->
        [too-late] Ya es muy tarde para cambiarla o cancelarla aquí: se puede hasta { $hours ->
            [one] { $hours } hora
           *[other] { $hours } horas
        } antes. Tu cita sigue en pie: si puedes ir, te esperan. Si no, no pasa nada; si quieres, avisa al { $phone }
        [too-often] Esa cita ya se cambió { $moves ->
            [one] { $moves } vez
           *[other] { $moves } veces
        }, que es lo más que se puede, para que nadie revenda lugares. *Sigue en pie como está*. Si no puedes ir ese día, escribe *cancelar mi cita* y agenda otra; pero ese lugar se pierde y no sé qué días haya.
       *[gone] Esa cita ya no está, o cambió hace un momento. Escribe *mis citas* para ver cómo quedó.
    }

requirements =
    { "*" }Qué llevar* ({ $procedure ->
        [first] primera vez
        [renewal] renovación
       *[lost] robo, pérdida o daño
    }, { $group ->
        [minor] menor de edad
       *[adult] persona adulta
    }), en original:
    • Comprobante de pago
    { $procedure ->
        [first] { $group ->
            [minor] • Identificación de la o el menor con foto: credencial o constancia escolar con foto y sello; si tiene menos de 7 años, constancia médica con foto
           *[adult] • Identificación oficial vigente con foto y firma
        }
        [renewal] • El pasaporte que se va a renovar{ $group ->
            [minor] { "" }
           *[adult] { "\u000A" }• Identificación oficial vigente con foto y firma
        }
       *[lost] • Acta o reporte ante la autoridad. En unas oficinas basta una carta de extravío firmada ahí: pregunta antes{ $group ->
            [minor] { "\u000A" }• Identificación de la o el menor con foto
           *[adult] { "\u000A" }• Identificación oficial vigente con foto y firma
        }
    }{ $group ->
        [minor] { "\u000A" }• Mamá y papá (o quien tenga la patria potestad o tutela), en persona y con identificación. Si falta alguien, firma antes el formato OP-7 en otra oficina de pasaportes o consulado (vale 90 días)
       *[adult] { "" }
    }
    • Por si acaso: acta de nacimiento certificada

    La solicitud se llena ahí. No lleves fotos: te las toman en la oficina. El trámite es personal, sin gestores.
cost-of-one =
    El pasaporte de *{ $years ->
        [one] { $years } año
       *[other] { $years } años
    }* cuesta *{ MONEY($full) }* en { $year }.{ $half ->
        [-1] { "" }
       *[other] { "" } Con tarifa del 50 %: { MONEY($half) }.
    }
    Se paga en ventanilla de banco autorizado o en tu banca en línea. La cita es gratis.
costs =
    { "*" }Costos { $year }*
    1 año (menores de 3 años): { MONEY($fee-1) }
    3 años: { MONEY($fee-3) }
    6 años: { MONEY($fee-6) }
    10 años (desde 18 años de edad): { MONEY($fee-10) }

    50 % de descuento: mayores de 60 años, personas con discapacidad y trabajadores agrícolas temporales en Canadá.
    Se paga en ventanilla de banco autorizado o en tu banca en línea, con la hoja de ayuda que te damos al confirmar. *Nunca* en tiendas ni a personas. En oficinas de enlace puede haber un cobro municipal aparte. *La cita es gratis.*
offices-told =
    { $count ->
        [0] No hay oficinas en ese lugar.
       *[other] Oficinas más cercanas:
    }
office-told =
    { "*" }{ $name }*{ $km ->
        [-1] { "" }
        [0] { "" } (a menos de 1 km)
       *[other] { "" } ({ $km } km)
    }
    { $address }
    { $hours }
my-data =
    { "*" }Tus datos.* Guardo, cifrados, tu número y lo que me escribes para la cita. { $count ->
        [0] No tienes citas vigentes.
        [one] Tienes { $count } cita vigente.
       *[other] Tienes { $count } citas vigentes.
    } Las respuestas a medias se borran a los { $days } días. Para conocer, corregir o borrar tus datos, u oponerte a su uso, lee cómo en el aviso: { $url }
# Captions and links that go with the papers.
caption-qr-checkin = 1 de 3 · Tu CURP y registro de llegada. Muéstralo en la entrada. Folio { $folio }
caption-qr-office = 2 de 3 · Cómo llegar a la oficina
caption-qr-payment = 3 de 3 · Tu hoja de ayuda para el pago
caption-payment-sheet = Hoja de ayuda para pagar en el banco: { MONEY($amount) }
caption-triptych = Tríptico: requisitos y pasos para tu cita
caption-of = { $name } · { $caption }
caption-notice = Aviso de privacidad completo
file-payment-sheet = hoja-de-ayuda-{ $folio }.pdf
file-triptych = triptico-{ $folio }.pdf
file-notice = aviso-de-privacidad.pdf
way-text =
    📍 *{ $name }*
    { $address }
way-button = Cómo llegar
what-now = ¿Qué hacemos ahora?
