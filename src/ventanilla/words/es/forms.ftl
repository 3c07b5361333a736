# The booking as a WhatsApp form (Flow). Lengths: step-* 30, label-* 20 (label-sure, label-old-issued,
# label-old-expires and label-day 40), helper-* 80, footer-* 35 characters. form-* are sentences; one named like
# a message of the talk is said in its place, where the chat's own words speak of buttons.
form-offer = 📋 Agenda tu cita en *un solo formulario*: toca el botón de abajo. Si prefieres que te pregunte por aquí, escribe *chat*; para otra cosa, *menú*.
form-button = Agendar cita
form-closed = Este formulario ya no sirve. Escribe *cita* en el chat y te mando uno nuevo.
form-used = Con este formulario ya agendaste tu cita: está en el chat. Para otra, escribe *cita*.
form-missing = Falta «{ $field }».
form-back = Para corregirlo, regresa con la flecha de arriba hasta «{ $page }».
form-again = Falta algo por contestar.

step-person = Quién y qué trámite
step-identity = Nombre e identificación
step-old = Pasaporte anterior
step-terms = Vigencia y correo
step-where = Dónde vives
step-office = Oficina
step-day = Día
step-time = Hora
step-summary = Revisa tu cita
footer-next = Continuar
footer-confirm = Confirmar cita

form-person = La cita es gratis. La CURP son 18 letras y números; si no la sabes, consúltala en gob.mx/curp
form-identity =
    Esa CURP dice: nacimiento { DATE($born) }, { $sex }, { $state }. Si no es así, regresa con la flecha de arriba.
    Escribe { $who ->
        [me] tu nombre completo
        [child] el nombre completo de la o el menor
       *[other] el nombre completo de esa persona
    }, como en el acta: nombre(s) y dos apellidos.
form-old =
    Los datos están en el pasaporte anterior. { $lost ->
        [yes] Si no sabes alguno, déjalo vacío.
       *[no] Todos hacen falta.
    }
form-terms =
    { $minor ->
        [yes] Con la o el menor deben ir mamá y papá, o quien tenga la patria potestad o tutela.{ " " }
       *[no] { "" }
    }La tarifa del 50 % es para mayores de 60 años, personas con discapacidad y trabajadores agrícolas temporales en Canadá; se comprueba en la oficina.
form-where = Escribe tu municipio o alcaldía como lo dices, por ejemplo: Tlajomulco, Cd. Juárez, Ecatepec.
form-day = { $office }: elige un día libre.
form-time = El { DAY($day) }. Es la hora local de la oficina.
form-taken = Ese lugar se acaba de ocupar. No perdiste nada: elige otro.
form-ask-place = Ese lugar se acaba de ocupar. No perdiste nada: elige uno de los más cercanos, o regresa con la flecha para ver otros días.
form-ask-place-none = Ese lugar se acaba de ocupar y no quedan otros cerca. No perdiste nada: regresa con la flecha y elige otro día u otra oficina.
form-ask-office =
    { $whole ->
        [yes] Estas son las oficinas de { $where }.
       *[no] Estas son las oficinas más cercanas a { $where }.
    }
form-no-days = { $office } no tiene lugares por ahora. Regresa con la flecha y elige otra oficina.
form-no-times = El { DAY($day) } ya no quedan lugares. Regresa con la flecha y elige otro día.
form-day-not-free = El { DAY($day) } no hay lugares en esa oficina. Elige otro día.
form-choose-one = Elige una de las opciones.
form-already-live = Ya hay una cita vigente con esa CURP para este trámite, y solo puede haber una. Si es tuya, escribe «mis citas» en el chat; si te equivocaste, escribe otra CURP.
form-bad-name =
    { $kind ->
        [digits] Un nombre no lleva números. Escribe nombre(s) y apellidos, como en el acta.
        [too-long] Ese nombre es demasiado largo. Escríbelo sin títulos ni comentarios.
        [strange-characters] No pude leer ese nombre. Escribe solo letras.
       *[too-short] Me falta parte del nombre. Escribe nombre(s) y apellidos, como en el acta.
    }
form-name-mismatch =
    «{ $name }» no coincide con la CURP: por { $part ->
        [given] el nombre
        [surname1] el primer apellido
       *[surname2] el segundo apellido
    }, en la posición { $position } iría «{ $name-letter }» y la CURP tiene «{ $curp-letter }». Corrígelo o, si así está en el acta, marca «Así se escribe en el acta»: lo revisarán en la oficina.
form-bad-number =
    { $code ->
        [ine] Ese número no parece de la INE. La clave de elector tiene 18 letras y números; el CIC, 9 números.
        [professional-licence] La cédula profesional tiene de 5 a 8 números, sin letras.
        [old-passport] El pasaporte mexicano lleva una letra y 8 números, por ejemplo G12345678.
       *[any] { $kind ->
            [too-short] A ese número le faltan letras o números. Escríbelo completo.
            [too-long] Ese número es demasiado largo. Escribe solo el número.
            [no-digits] Ahí no veo números. Escribe el número como viene en la identificación.
            [digits-only] Ese número lleva solo números, sin letras.
            [wrong-shape] Ese número no tiene la forma esperada. Escríbelo como viene en la identificación.
           *[strange-characters] No pude leer ese número. Escribe solo letras y números, sin símbolos.
        }
    }{ $hint ->
        [none] { "" }
       *[other] { "" } ¿Será { $hint }?
    }
form-bad-email =
    Ese correo no parece completo{ $hint ->
        [none] . Debe ser como nombre@ejemplo.com
       *[other] : ¿será { $hint }? Escríbelo otra vez
    }, o deja vacía la línea.

label-for-whom = ¿Para quién es?
label-procedure = Trámite
label-curp = CURP
label-name = Nombre completo
helper-name = Como en el acta: nombre(s) y dos apellidos
label-sure = Así se escribe en el acta
label-identification = Identificación
label-id-number = Su número
helper-id-number = INE: clave de elector o CIC. Si no tiene número, déjalo vacío
label-old-number = Número de pasaporte
helper-old-number = Una letra y 8 números, como G12345678
label-old-issued = Fecha de expedición
label-old-expires = Fecha de vencimiento
label-attending = ¿Quién acompaña?
label-validity = Años y tarifa
label-email = Correo (opcional)
helper-email = Solo para avisarte si algo cambia
label-municipality = Municipio o alcaldía
label-town = ¿Cuál de estos es?
label-office = Oficina
label-day = Día de tu cita
label-time = Hora
label-place = Lugares cercanos
