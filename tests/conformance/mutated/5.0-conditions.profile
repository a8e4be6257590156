# The conditions of 5.0: which of the branches is taken.
$T = true
$F = false
@{S} = a
@{M} = a b
@{MM} = b a a
@{W} = @{M}
@{X} = @{S}b
@{NN} = 5 6
profile conditions {
  if @{M} == @{MM} {
    /yes0 r,
  } else {
    /no0 r,
  }
  if @{M} != a {
    /yes1 r,
  } else {
    /no1 r,
  }
  if a in @{M} {
    /yes2 r,
  } else {
    /no2 r,
  }
  if @{M} in a {
    /yes3 r,
  } else {
    /no3 r,
  }
  if @{W} == @{M} {
    /yes4 r,
  } else {
    /no4 r,
  }
  if @{X} == ab {
    /yes5 r,
  } else {
    /no5 r,
  }
  if @{S}b == ab {
    /yes6 r,
  } else {
    /no6 r,
  }
  if @{M} < b {
    /yes7 r,
  } else {
    /no7 r,
  }
  if @{NN} >= a {
    /yes8 r,
  } else {
    /no8 r,
  }
  if 5 < 10 {
    /yes9 r,
  } else {
    /no9 r,
  }
  if "0x10" >= 16 {
    /yes10 r,
  } else {
    /no10 r,
  }
  if 010 < 9 {
    /yes11 r,
  } else {
    /no11 r,
  }
  if -3 > 5 {
    /yes12 r,
  } else {
    /no12 r,
  }
  if B <=a {
    /yes13 r,
  } else {
    /no13 r,
  }
  if (TRUE and not ( $F )) or false {
    /yes14 r,
  } else {
    /no14 r,
  }
  if $T or $T and $F {
    /yes15 r,
  } else {
    /no15 r,
  }
  if defined $T {
    /yes16 r,
  } else {
    /no16 r,
  }
  if not defined @{NONE} {
    /yes17 r,
  } else {
    /no17 r,
  }
  if /a == /a {
    /yes18 r,
  } else {
    /no18 r,
  }
  if @{M} <= @{MM} {
    /yes19 r,
  } else {
    /no19 r,
  }
}
